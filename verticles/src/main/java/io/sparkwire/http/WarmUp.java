package io.sparkwire.http;

import io.sparkwire.auth.ApiKey;
import io.sparkwire.auth.Auth;
import io.sparkwire.cluster.Node;
import io.sparkwire.exchange.Exchanges;
import io.sparkwire.exchange.HandOff;
import io.sparkwire.exchange.Service;
import io.sparkwire.message.Header;
import io.sparkwire.message.ListenAddress;
import io.sparkwire.message.ReplyRetention;
import io.sparkwire.message.RouteSpec;
import io.sparkwire.message.ServiceLimits;
import io.sparkwire.message.ServiceProtocol;
import io.sparkwire.message.ServiceReply;
import io.sparkwire.message.ServiceSpec;
import io.sparkwire.message.WarmUpRequest;
import io.sparkwire.tls.LoopbackTls;
import io.sparkwire.tls.Tls;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.SocketFactory;

/**
 * The first requests of a service, for which no client waits: they make the JVM compile the path of
 * a request, and the pipeline its code, before clients connect.
 *
 * <p>They use real connections to a listener of their own on the loopback interface, which is
 * closed afterwards, and the service's counters do not count them. Where listeners speak TLS, it
 * does, too, and only this node can connect to it; where it knows its clients, a key made for this
 * one is asked for. A share of them is refused, so that refusals are quick too. Runs on: driver;
 * blocks. Thread-safe.
 */
public final class WarmUp {

  private static final int CONNECTIONS = 32;
  private static final int ADMITTED = 24;
  private static final int ROUNDS = 640;
  private static final int ROUNDS_PER_CONNECTION = 16;
  private static final Duration LIMIT = Duration.ofSeconds(2);
  private static final int FIRST_ERROR = 400;

  private static final byte[] NOTHING = {};

  private final Node node;
  private final Exchanges exchanges;
  private final AtomicBoolean warm = new AtomicBoolean();

  public WarmUp(Node node, Exchanges exchanges) {
    this.node = node;
    this.exchanges = exchanges;
  }

  /**
   * Warms the way of a request up to where a pipeline takes it. Does so once in the life of a node.
   */
  public void http(ServiceSpec spec) {
    if (warm.compareAndSet(false, true)) {
      ServiceReply empty = new ServiceReply(ServiceReply.NO_CONTENT, null, List.of(), NOTHING);
      run(spec, exchange -> exchange.answer(empty), new WarmUpRequest("text/plain", NOTHING));
    }
  }

  /**
   * Sends a sample request again and again: some 20,000 times, for two seconds at most.
   *
   * @param spec of the service that the requests are for
   * @param handOff where they go
   * @throws IllegalStateException if the sample gets a failure; says which
   */
  public void run(ServiceSpec spec, HandOff handOff, WarmUpRequest sample) {
    Optional<LoopbackTls> tls = node.tls().map(Tls::loopback);
    SocketFactory sockets =
        tls.<SocketFactory>map(own -> own.client().getSocketFactory())
            .orElseGet(SocketFactory::getDefault);
    ApiKey key = ApiKey.random(new SecureRandom());
    Optional<Auth> auth = node.auth().map(ofClients -> Auth.only(key, spec.name()));
    HttpListeners listeners =
        HttpListeners.loopback(node, exchanges, handOff, tls.map(LoopbackTls::listener), auth);
    Service trial = new Service(trial(spec));
    int port = listeners.open(trial);
    try {
      byte[] request =
          sample.bytes(
              spec, auth.stream().map(asked -> new Header("X-API-Key", key.text())).toList());
      tryOnce(sockets, port, request);
      long end = System.nanoTime() + LIMIT.toNanos();
      for (int done = 0; done < ROUNDS && System.nanoTime() < end; done += ROUNDS_PER_CONNECTION) {
        sendMany(sockets, port, request);
      }
    } catch (IOException e) {
      throw new IllegalStateException("the warm-up lost its connection: " + e.getMessage(), e);
    } finally {
      listeners.close(trial);
    }
  }

  /** The same service on a listener of its own, small, and without kept replies. */
  private static ServiceSpec trial(ServiceSpec spec) {
    ServiceLimits limits = spec.limits();
    return new ServiceSpec(
        spec.name(),
        new ListenAddress(ListenAddress.HOST.defaultValue(), 0),
        new RouteSpec(
            spec.route().path(),
            spec.route().methods(),
            spec.route().batch(),
            Set.of(ServiceProtocol.JSON),
            spec.route().docs()),
        new ServiceLimits(ADMITTED, limits.maxBodyBytes(), limits.maxRows(), limits.timeout()),
        ReplyRetention.OFF,
        spec.responses(),
        spec.schema());
  }

  private static void tryOnce(SocketFactory sockets, int port, byte[] request) throws IOException {
    try (LoopbackConnection connection = new LoopbackConnection(sockets, port)) {
      connection.send(request);
      int status = connection.receive();
      if (status >= FIRST_ERROR) {
        throw new IllegalStateException(
            "the warm-up request got status " + status + ": " + connection.lastBody());
      }
    }
  }

  private static void sendMany(SocketFactory sockets, int port, byte[] request) throws IOException {
    List<LoopbackConnection> connections = new ArrayList<>();
    try {
      for (int i = 0; i < CONNECTIONS; i++) {
        connections.add(new LoopbackConnection(sockets, port));
      }
      for (int round = 0; round < ROUNDS_PER_CONNECTION; round++) {
        for (LoopbackConnection connection : connections) {
          connection.send(request);
        }
        for (LoopbackConnection connection : connections) {
          connection.receive();
        }
      }
    } finally {
      for (LoopbackConnection connection : connections) {
        connection.close();
      }
    }
  }
}
