package io.sparkwire.http;

import io.sparkwire.cluster.Node;
import io.sparkwire.endpoint.Endpoint;
import io.sparkwire.exchange.Service;
import io.sparkwire.framing.StrictHttp;
import io.sparkwire.message.ServiceSpec;
import io.vertx.core.Deployable;
import io.vertx.core.Future;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpServerOptions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * One bound host and port, shared by many services and by all event loops of the node.
 *
 * <p>Confined to {@link HttpListeners}, which guards it.
 */
final class HttpListener {

  private static final int BACKLOG = 4_096;

  private final Node node;
  private final NodeTraffic traffic;
  private final List<IngressVerticle> ingress = new ArrayList<>();
  private final Map<Service, List<Endpoint>> services = new LinkedHashMap<>();

  HttpListener(Node node, NodeTraffic traffic) {
    this.node = node;
    this.traffic = traffic;
  }

  /** Binds, once for each event loop. Fails if the port is taken. */
  Future<Void> bind(String host, int port) {
    HttpServerOptions options = options(host, port == 0 ? anyFreePort() : port);
    node.setRule(host, options.getPort(), StrictHttp.rule(options, traffic.connections()));
    Future<?> bound = Future.succeededFuture();
    for (int i = 0; i < node.options().eventLoops(); i++) {
      bound = bound.compose(v -> deploy(options));
    }
    return bound
        .onComplete(done -> node.removeRule(host, options.getPort())) // it holds what it needs
        .mapEmpty();
  }

  /**
   * A negative number means to Vert.x: any free port, the same for all servers that give that
   * number. So each listener has to use another one.
   */
  private static int anyFreePort() {
    return ThreadLocalRandom.current().nextInt(Integer.MIN_VALUE, 0);
  }

  private Future<String> deploy(HttpServerOptions options) {
    IngressVerticle verticle = new IngressVerticle(options, traffic);
    return node.vertx()
        .deployVerticle((Deployable) verticle)
        .onSuccess(id -> ingress.add(verticle));
  }

  private HttpServerOptions options(String host, int port) {
    return new HttpServerOptions()
        .setHost(host)
        .setPort(port)
        .setTcpNoDelay(true)
        .setAcceptBacklog(BACKLOG)
        .setInitialSettings(
            new Http2Settings()
                .setMaxConcurrentStreams(node.options().limits().connections().streams())
                .setMaxHeaderListSize(HttpServerOptions.DEFAULT_MAX_HEADER_SIZE))
        .setPerFrameWebSocketCompressionSupported(false) // no WebSockets, so no handlers for them
        .setPerMessageWebSocketCompressionSupported(false);
  }

  /** The port it is bound to. */
  int port() {
    return ingress.get(0).port();
  }

  /**
   * Takes requests at the endpoints of a service.
   *
   * @throws IllegalStateException if another service has one of their paths and methods
   */
  Future<Void> add(Service service, List<Endpoint> endpoints) {
    endpoints.forEach(endpoint -> requireFree(service.spec(), endpoint));
    services.put(service, endpoints);
    return publish();
  }

  Future<Void> remove(Service service) {
    return services.remove(service) == null ? Future.succeededFuture() : publish();
  }

  /** Whether it serves nothing, or nothing but this. */
  boolean servesAtMost(Service service) {
    return Set.of(service).containsAll(services.keySet());
  }

  private void requireFree(ServiceSpec spec, Endpoint endpoint) {
    for (Map.Entry<Service, List<Endpoint>> other : services.entrySet()) {
      if (other.getValue().stream().anyMatch(endpoint::conflictsWith)) {
        String path = endpoint.path().text();
        String own =
            path.equals(spec.route().path())
                ? ""
                : ", and service '" + spec.name() + "' needs it too";
        throw new IllegalStateException(
            "path '%s' is already served by '%s' on port %d%s"
                .formatted(path, other.getKey().spec().name(), port(), own));
      }
    }
  }

  private Future<Void> publish() {
    List<Endpoint> now = services.values().stream().flatMap(List::stream).toList();
    return Future.all(ingress.stream().map(verticle -> verticle.serve(now)).toList()).mapEmpty();
  }

  Future<Void> close() {
    return Future.join(ingress.stream().map(v -> node.vertx().undeploy(v.deploymentID())).toList())
        .mapEmpty();
  }
}
