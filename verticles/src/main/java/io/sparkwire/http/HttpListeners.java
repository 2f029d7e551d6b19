package io.sparkwire.http;

import static io.sparkwire.message.ServiceRequest.ONE_ROW;

import io.sparkwire.access.Access;
import io.sparkwire.access.RateLimits;
import io.sparkwire.auth.Auth;
import io.sparkwire.cluster.Node;
import io.sparkwire.endpoint.BodyFormat;
import io.sparkwire.endpoint.Endpoint;
import io.sparkwire.endpoint.RequestHandlers;
import io.sparkwire.endpoint.SharedEndpoints;
import io.sparkwire.exchange.ExchangeLoop;
import io.sparkwire.exchange.Exchanges;
import io.sparkwire.exchange.HandOff;
import io.sparkwire.exchange.NodeObserver;
import io.sparkwire.exchange.Service;
import io.sparkwire.message.ServicePath;
import io.sparkwire.message.ServiceProtocol;
import io.sparkwire.message.ServiceSpec;
import io.sparkwire.retention.StoredReplyServices;
import io.sparkwire.tls.ListenerTls;
import io.sparkwire.tls.Tls;
import io.sparkwire.wire.RowFormats;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonObject;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;
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
  private final List<SharedEndpoints> shared;
  private final StoredReplyServices retention;
  private final Supplier<Optional<ListenerTls>> tls;
  private final Supplier<Optional<Auth>> auth;
  private final RateLimits rates;
  private final Map<InetSocketAddress, HttpListener> listeners = new HashMap<>();
  private final Map<Service, Opened> byService = new HashMap<>();
  private final Set<HttpListener> lasting = new HashSet<>();

  /** An open service: its listener, and the timer that looks how fast its requests end. */
  private record Opened(HttpListener listener, long timer) {}

  /**
   * @param handOffs where the requests of a service go, by its name
   * @param shared what each listener has for all of its services together
   */
  public HttpListeners(
      Node node,
      Exchanges exchanges,
      Function<String, HandOff> handOffs,
      List<SharedEndpoints> shared) {
    this(
        node,
        exchanges,
        new NodeTraffic(node, exchanges),
        handOffs,
        shared,
        () -> node.tls().map(Tls::services),
        node::auth,
        RateLimits.of(node.options().limits().rate()));
  }

  private HttpListeners(
      Node node,
      Exchanges exchanges,
      NodeTraffic traffic,
      Function<String, HandOff> handOffs,
      List<SharedEndpoints> shared,
      Supplier<Optional<ListenerTls>> tls,
      Supplier<Optional<Auth>> auth,
      RateLimits rates) {
    this.tls = tls;
    this.rates = rates;
    this.auth = auth;
    this.node = node;
    this.exchanges = exchanges;
    this.traffic = traffic;
    this.handOffs = handOffs;
    this.shared = shared;
    this.retention = new StoredReplyServices(node, exchanges);
  }

  /**
   * Listeners that nothing but this node itself connects to, where the node speaks TLS or knows its
   * clients. Nothing observes them.
   *
   * @param tls empty if it does not
   * @param auth empty if it does not
   */
  static HttpListeners loopback(
      Node node,
      Exchanges exchanges,
      HandOff handOff,
      Optional<ListenerTls> tls,
      Optional<Auth> auth) {
    return new HttpListeners(
        node,
        exchanges,
        new NodeTraffic(node, exchanges, NodeObserver.NONE),
        name -> handOff,
        List.of(),
        () -> tls,
        () -> auth,
        null);
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
      await(add(listener, service));
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

  /** Adds what each feature has for a service. */
  private Future<Void> add(HttpListener listener, Service service) {
    HandOff handOff = retention.open(service, handOffs.apply(service.spec().name()));
    RequestHandlers requests = (loop, format) -> route(service, handOff, loop, format);
    List<Endpoint> endpoints = new ArrayList<>(retention.endpoints(service));
    if (service.spec().speaks(ServiceProtocol.JSON)) {
      endpoints.add(pipeline(service.spec(), requests));
    }
    return listener.add(service, endpoints, requests);
  }

  private ServiceRoute route(
      Service service, HandOff handOff, ExchangeLoop loop, BodyFormat format) {
    return new ServiceRoute(
        exchanges.queue(service, loop),
        traffic.of(loop.context()).unfinished(),
        format,
        handOff,
        InstantSource.system());
  }

  private static Endpoint pipeline(ServiceSpec spec, RequestHandlers requests) {
    BodyFormat format = spec.route().batch() ? HttpListeners::rows : (headers, body) -> ONE_ROW;
    return new Endpoint(
        new ServicePath(spec.route().path()),
        Access.to(spec.name()),
        spec.route().methods(),
        spec.responses(),
        loop -> requests.of(loop, format));
  }

  private static String rows(MultiMap headers, byte[] body) {
    return RowFormats.detect(headers.get(HttpHeaders.CONTENT_TYPE), body);
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
    HttpListener listener = new HttpListener(node, traffic, shared, tls.get(), auth.get(), rates);
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
