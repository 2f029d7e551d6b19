package io.sparkwire.http;

import io.sparkwire.cluster.Node;
import io.sparkwire.dispatch.Dispatcher;
import io.sparkwire.dispatch.NodeRequests;
import io.sparkwire.exchange.Exchanges;
import io.sparkwire.message.ListenAddress;
import io.sparkwire.metrics.StatusMetrics;
import io.sparkwire.observers.NodeObservers;
import io.sparkwire.protocol.Protocols;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * A node that takes requests over HTTP for all services of its cluster, and computes none.
 *
 * <p>Runs on: a program's main thread; its methods block. Thread-safe.
 */
public final class Gateway {

  private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

  private final Node node;
  private final NodeObservers observers;
  private final NodeRequests requests;
  private final ClusterRoutes routes;
  private final int port;

  private Gateway(
      Node node, NodeObservers observers, NodeRequests requests, ClusterRoutes routes, int port) {
    this.node = node;
    this.observers = observers;
    this.requests = requests;
    this.routes = routes;
    this.port = port;
  }

  /**
   * Takes requests on one host and port from now on.
   *
   * @param node which the gateway then owns
   * @param port 0 for any free one
   * @throws IllegalStateException if the port is taken
   */
  public static Gateway start(Node node, String host, int port) {
    NodeObservers observers = NodeObservers.start(node);
    Exchanges exchanges = new Exchanges(node.id(), System::nanoTime, observers);
    Dispatcher dispatcher = Dispatcher.of(node, exchanges);
    HttpListeners listeners = new HttpListeners(node, exchanges, dispatcher::to, Protocols.all());
    int bound = listeners.keepOpen(host, port);
    ClusterRoutes routes =
        new ClusterRoutes(
            node.directory(),
            listeners,
            exchanges,
            new ListenAddress(host, port),
            System::nanoTime);
    routes.follow();
    Supplier<JsonObject> status =
        () ->
            new JsonObject()
                .put("connections", listeners.status())
                .put("services", routes.status());
    node.publishStatus(status);
    observers.metrics().ifPresent(metrics -> metrics.add(new StatusMetrics(status)));
    NodeRequests requests = new NodeRequests(exchanges, dispatcher);
    return new Gateway(node, observers, requests, routes, bound);
  }

  /** Whether it should get requests: it knows of a service, and is not stopping. */
  public boolean isReady() {
    return routes.isReady();
  }

  /** What follows its requests. */
  public NodeObservers observers() {
    return observers;
  }

  /** Its requests, and the way they go. */
  public NodeRequests requests() {
    return requests;
  }

  /** The port on which it takes requests. */
  public int port() {
    return port;
  }

  /**
   * Refuses new requests, lets those in flight finish, and leaves the cluster.
   *
   * @param drainTimeout after which connections are closed with what still waits on them
   */
  public void stop(Duration drainTimeout) {
    routes.stop();
    long deadline = System.nanoTime() + drainTimeout.toNanos();
    while (requests.exchanges().size() > 0 && System.nanoTime() - deadline < 0) {
      LockSupport.parkNanos(this, POLL_NANOS);
    }
    node.stop().await();
    observers.close();
  }
}
