package io.sparkwire.http;

import io.sparkwire.cluster.Node;
import io.sparkwire.exchange.Exchanges;
import io.sparkwire.exchange.Service;
import io.sparkwire.framing.StrictHttp;
import io.sparkwire.message.ServicePath;
import io.sparkwire.message.ServiceSpec;
import io.sparkwire.retention.Entrance;
import io.vertx.core.Deployable;
import io.vertx.core.Future;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpServerOptions;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;

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
  private final List<Service> services = new ArrayList<>();

  HttpListener(Node node, NodeTraffic traffic) {
    this.node = node;
    this.traffic = traffic;
  }

  /** Binds, once for each event loop. Fails if the port is taken. */
  Future<Void> bind(
      String host, int port, Exchanges exchanges, Function<Service, Entrance> entrances) {
    HttpServerOptions options = options(host, port == 0 ? anyFreePort() : port);
    node.setRule(host, options.getPort(), StrictHttp.rule(options, traffic.connections()));
    Future<?> bound = Future.succeededFuture();
    for (int i = 0; i < node.options().eventLoops(); i++) {
      bound = bound.compose(v -> deploy(options, exchanges, entrances));
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

  private Future<String> deploy(
      HttpServerOptions options, Exchanges exchanges, Function<Service, Entrance> entrances) {
    IngressVerticle verticle =
        new IngressVerticle(options, traffic, exchanges, entrances, InstantSource.system());
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

  Future<Void> add(Service service) {
    services.add(service);
    return publish();
  }

  Future<Void> remove(Service service) {
    services.remove(service);
    return publish();
  }

  boolean servesOnly(Service service) {
    return services.equals(List.of(service));
  }

  /** The service that takes requests of the same paths and one of these methods, or null. */
  Service conflicting(ServiceSpec spec) {
    String shape = shape(spec);
    return services.stream()
        .filter(s -> shape(s.spec()).equals(shape))
        .filter(s -> s.spec().route().methods().stream().anyMatch(spec.route().methods()::contains))
        .findFirst()
        .orElse(null);
  }

  private static String shape(ServiceSpec spec) {
    return new ServicePath(spec.route().path()).shape();
  }

  private Future<Void> publish() {
    List<Service> now = List.copyOf(services);
    return Future.all(ingress.stream().map(verticle -> verticle.serve(now)).toList()).mapEmpty();
  }

  Future<Void> close() {
    return Future.join(ingress.stream().map(v -> node.vertx().undeploy(v.deploymentID())).toList())
        .mapEmpty();
  }
}
