package io.sparkwire.http;

import io.sparkwire.cluster.Node;
import io.sparkwire.endpoint.Endpoint;
import io.sparkwire.exchange.Exchanges;
import io.sparkwire.exchange.HandOff;
import io.sparkwire.exchange.Service;
import io.sparkwire.message.ServicePath;
import io.sparkwire.message.ServiceSpec;
import io.sparkwire.retention.StoredReplyServices;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All listeners of one node: services on the same host and port share one.
 *
 * <p>Its methods block until the event loops have done what they say. Runs on: driver or task
 * thread, never on an event loop. Thread-safe.
 */
public final class HttpListeners {

  private static final Logger LOG = LoggerFactory.getLogger(HttpListeners.class);
  private static final long TIMEOUT_SECONDS = 30;
  private static final long SAMPLE_MILLIS = 1_000;

  private final Node node;
  private final Exchanges exchanges;
  private final NodeTraffic traffic;
  private final Function<String, HandOff> handOffs;
  private final StoredReplyServices retention;
  private final Map<InetSocketAddress, HttpListener> listeners = new HashMap<>();
  private final Map<Service, Opened> byService = new HashMap<>();
  private final Set<HttpListener> lasting = new HashSet<>();

  /** An open service: its listener, and the timer that looks how fast its requests end. */
  private record Opened(HttpListener listener, long timer) {}

  /**
   * @param handOffs where the requests of a service go, by its name
   */
  public HttpListeners(Node node, Exchanges exchanges, Function<String, HandOff> handOffs) {
    this.node = node;
    this.exchanges = exchanges;
    this.traffic = new NodeTraffic(node, exchanges::newId);
    this.handOffs = handOffs;
    this.retention = new StoredReplyServices(node, exchanges);
  }

  /**
   * Takes requests for a service from now on.
   *
   * @return the port, which is a free one if the service asked for port 0
   * @throws IllegalStateException if the port is taken, or another service has the path on it
   */
  public int open(Service service) {
    return open(service, 1);
  }

  /**
   * The same on the first port that is free.
   *
   * @param ports how many are tried, from the service's own on
   */
  public synchronized int open(Service service, int ports) {
    HttpListener listener = firstFree(service.spec(), ports);
    byService.put(service, new Opened(listener, sampling(service)));
    try {
      await(listener.add(service, endpoints(service)));
    } catch (RuntimeException e) {
      close(service);
      throw e;
    }
    return listener.port();
  }

  private long sampling(Service service) {
    return node.vertx()
        .setPeriodic(SAMPLE_MILLIS, timer -> service.backlog().sample(System.nanoTime()));
  }

  /** What each feature adds for a service. */
  private List<Endpoint> endpoints(Service service) {
    HandOff handOff = retention.open(service, handOffs.apply(service.spec().name()));
    List<Endpoint> endpoints = new ArrayList<>(retention.endpoints(service));
    endpoints.add(pipeline(service, handOff));
    return endpoints;
  }

  private Endpoint pipeline(Service service, HandOff handOff) {
    ServiceSpec spec = service.spec();
    return new Endpoint(
        new ServicePath(spec.route().path()),
        spec.route().methods(),
        spec.responses(),
        loop ->
            new ServiceRoute(
                service,
                exchanges.queue(service, loop),
                traffic.of(loop.context()).unfinished(),
                handOff,
                InstantSource.system()));
  }

  private HttpListener firstFree(ServiceSpec spec, int ports) {
    for (int port = spec.listener().port(); port < spec.listener().port() + ports - 1; port++) {
      try {
        return listener(spec.listener().host(), port);
      } catch (IllegalStateException e) {
        LOG.debug("the next port is tried", e);
      }
    }
    return listener(spec.listener().host(), spec.listener().port() + ports - 1);
  }

  /**
   * Listens without a service, and keeps listening when the last one is withdrawn.
   *
   * @param port 0 for any free one
   * @return the port
   * @throws IllegalStateException if the port is taken
   */
  public synchronized int keepOpen(String host, int port) {
    HttpListener listener = listener(host, port);
    lasting.add(listener);
    return listener.port();
  }

  private HttpListener listener(String host, int port) {
    InetSocketAddress address = InetSocketAddress.createUnresolved(host, port);
    HttpListener listener = listeners.get(address);
    if (listener == null) {
      listener = bind(host, port);
      listeners.put(address, listener);
    }
    return listener;
  }

  private HttpListener bind(String host, int port) {
    HttpListener listener = new HttpListener(node, traffic);
    try {
      await(listener.bind(host, port));
    } catch (Exception e) { // await() throws what the future failed with, checked or not
      throw new IllegalStateException( // whose message says all that a stack trace of Netty's could
          "cannot listen on " + host + ":" + port + ": " + e.getMessage());
    }
    return listener;
  }

  /** What clients have of this node at the moment, for the cluster's status. */
  public JsonObject status() {
    return traffic.status();
  }

  /** Takes no more requests for a service; unbinds when none is left on its port. */
  public synchronized void close(Service service) {
    Opened opened = byService.remove(service);
    if (opened == null) {
      return;
    }
    HttpListener listener = opened.listener();
    node.vertx().cancelTimer(opened.timer());
    retention.close(service);
    if (listener.servesAtMost(service) && !lasting.contains(listener)) {
      listeners.values().remove(listener);
      await(listener.close()); // with its route, so that no client gets "unknown path" meanwhile
    } else {
      await(listener.remove(service));
    }
  }

  private static <T> T await(Future<T> future) {
    try {
      return future.await(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new IllegalStateException(
          "an event loop did not answer within " + TIMEOUT_SECONDS + " s", e);
    }
  }
}
