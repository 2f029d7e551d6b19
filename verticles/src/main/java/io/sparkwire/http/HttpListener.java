package io.sparkwire.http;

import io.sparkwire.access.Gate;
import io.sparkwire.access.RateLimits;
import io.sparkwire.auth.Auth;
import io.sparkwire.cluster.Node;
import io.sparkwire.endpoint.Endpoint;
import io.sparkwire.endpoint.ListedService;
import io.sparkwire.endpoint.RequestHandlers;
import io.sparkwire.endpoint.SharedEndpoints;
import io.sparkwire.exchange.Service;
import io.sparkwire.framing.StrictHttp;
import io.sparkwire.message.ServiceReply;
import io.sparkwire.message.ServiceSpec;
import io.sparkwire.tls.ListenerTls;
import io.vertx.core.Deployable;
import io.vertx.core.Future;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpServerOptions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;

/**
 * One bound host and port, shared by many services and by all event loops of the node.
 *
 * <p>Confined to {@link HttpListeners}, which guards it.
 */
final class HttpListener {

  private static final int BACKLOG = 4_096;

  private final Node node;
  private final NodeTraffic traffic;
  private final List<SharedEndpoints> shared;
  private final Optional<ListenerTls> tls;
  private final Gate gate;
  private final List<IngressVerticle> ingress = new ArrayList<>();
  private final Map<Service, Listed> services = new LinkedHashMap<>();

  /** What one service adds: endpoints of its own, and itself to those that services share. */
  private record Listed(List<Endpoint> endpoints, RequestHandlers requests) {}

  /**
   * @param tls empty for clear text
   * @param auth empty if all clients are served
   * @param rates how many requests each client may send; null for as many as it likes
   */
  HttpListener(
      Node node,
      NodeTraffic traffic,
      List<SharedEndpoints> shared,
      Optional<ListenerTls> tls,
      Optional<Auth> auth,
      RateLimits rates) {
    this.tls = tls;
    this.gate = Gate.of(auth, tls.map(ListenerTls::namesClients).orElse(false), rates);
    this.node = node;
    this.traffic = traffic;
    this.shared = shared;
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
    IngressVerticle verticle =
        new IngressVerticle(options, traffic, gate, CrossOrigin.of(node.options().corsOrigins()));
    return node.vertx()
        .deployVerticle((Deployable) verticle)
        .onSuccess(id -> ingress.add(verticle));
  }

  private HttpServerOptions options(String host, int port) {
    HttpServerOptions options = plainOptions(host, port);
    tls.ifPresent(it -> it.secure(options, node.options().limits().connections().headTimeout()));
    return options;
  }

  private HttpServerOptions plainOptions(String host, int port) {
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
   * @param requests takes those that come by endpoints which services share
   * @throws IllegalStateException if another service has one of their paths and methods
   */
  Future<Void> add(Service service, List<Endpoint> endpoints, RequestHandlers requests) {
    endpoints.forEach(endpoint -> requireFree(service.spec(), endpoint));
    services.put(service, new Listed(endpoints, requests));
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
    for (Map.Entry<Service, Listed> other : services.entrySet()) {
      if (other.getValue().endpoints().stream().anyMatch(endpoint::conflictsWith)) {
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
    List<Endpoint> own = services.values().stream().flatMap(s -> s.endpoints().stream()).toList();
    List<ListedService> listed =
        services.entrySet().stream()
            .map(entry -> new ListedService(entry.getKey(), entry.getValue().requests()))
            .toList();
    List<Endpoint> now = Stream.concat(own.stream(), beside(own, listed)).toList();
    return Future.all(
            ingress.stream()
                .map(
                    verticle ->
                        verticle.serve(now, (path, failure) -> failure(listed, path, failure)))
                .toList())
        .mapEmpty();
  }

  /** A failure at a path without an endpoint, in the form of the feature that has such paths. */
  private ServiceReply failure(List<ListedService> listed, String path, ServiceReply failure) {
    ServiceReply formed = failure;
    for (SharedEndpoints feature : shared) {
      formed = feature.failure(listed, path, formed);
    }
    return formed;
  }

  /** The endpoints that services share, without those that a service has itself. */
  private Stream<Endpoint> beside(List<Endpoint> own, List<ListedService> listed) {
    return shared.stream()
        .flatMap(feature -> feature.of(listed).stream())
        .filter(endpoint -> own.stream().noneMatch(of -> of.covers(endpoint)));
  }

  Future<Void> close() {
    return Future.join(ingress.stream().map(v -> node.vertx().undeploy(v.deploymentID())).toList())
        .mapEmpty();
  }
}
