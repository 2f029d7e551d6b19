package io.sparkwire.admin;

import io.sparkwire.access.Access;
import io.sparkwire.access.Gate;
import io.sparkwire.access.RateLimits;
import io.sparkwire.cluster.ClusterStatus;
import io.sparkwire.cluster.ConnectionLimits;
import io.sparkwire.cluster.Node;
import io.sparkwire.cluster.NodeLimits;
import io.sparkwire.connection.Connections;
import io.sparkwire.framing.StrictHttp;
import io.sparkwire.message.FailureCode;
import io.sparkwire.message.ServiceFailure;
import io.sparkwire.message.ServiceReply;
import io.sparkwire.tls.ClientCertificates;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The HTTP server for operators of a node: whether it is alive, whether it should get requests, and
 * the status of the nodes of its cluster.
 *
 * <p>All but its health is for clients with the scope {@code admin}, where the node knows its
 * clients. It refuses requests whose host is not its own name. It ends with its node. Runs on:
 * event loop, but for {@link #start}.
 */
public final class AdminServer {

  private static final long TIMEOUT_SECONDS = 30;
  private static final int OK = 200;
  private static final int UNAVAILABLE = 503;

  private final Node node;
  private final AdminOptions options;
  private final BooleanSupplier ready;
  private final List<AdminRoute> routes;
  private final Connections connections;
  private final Gate gate;
  private int port;

  private AdminServer(
      Node node, AdminOptions options, BooleanSupplier ready, List<AdminRoute> further) {
    this.node = node;
    this.options = options;
    this.ready = ready;
    this.routes = Stream.concat(own().stream(), further.stream()).toList();
    boolean namesClients = options.tls() && options.clients() != ClientCertificates.OFF;
    this.gate = Gate.of(node.auth(), namesClients, RateLimits.of(node.options().limits().rate()));
    this.connections =
        new Connections(
            new NodeLimits(
                ConnectionLimits.OF_ADMIN,
                node.options().limits().transfers(),
                node.options().limits().rate()));
  }

  /**
   * Listens from now on. Blocks until it does.
   *
   * @param ready whether the node should get requests; must not block
   * @param further what it serves beside health and status
   * @throws IllegalStateException if none of its ports is free
   */
  public static AdminServer start(
      Node node, AdminOptions options, BooleanSupplier ready, List<AdminRoute> further) {
    options.checkSuits(node.options());
    AdminServer admin = new AdminServer(node, options, ready, further);
    int tries = options.port() == 0 ? 1 : AdminOptions.PORTS;
    try {
      admin.port =
          admin.listen(options.port(), tries).await(TIMEOUT_SECONDS, TimeUnit.SECONDS).actualPort();
      return admin;
    } catch (TimeoutException e) {
      throw new IllegalStateException("no event loop answered", e);
    } catch (Exception e) { // await() throws what the future failed with, checked or not
      throw new IllegalStateException(
          "cannot listen for --admin-port on %s:%d: %s"
              .formatted(options.host(), options.port(), e.getMessage()),
          e);
    }
  }

  private Future<HttpServer> listen(int port, int tries) {
    String host = options.host();
    int asked = port == 0 ? -1 : port; // any negative one is any free one, the same for its number
    HttpServerOptions server = serverOptions(host, asked);
    node.setRule(host, asked, StrictHttp.rule(server, connections));
    AdminHosts hosts = new AdminHosts(host);
    Router router = router();
    Future<HttpServer> bound =
        StrictHttp.server(
                node.vertx(),
                server,
                connections,
                request -> hosts.check(request, router),
                (request, failure) -> {})
            .listen()
            .onComplete(done -> node.removeRule(host, asked));
    return tries <= 1 ? bound : bound.recover(taken -> listen(port + 1, tries - 1));
  }

  private HttpServerOptions serverOptions(String host, int port) {
    HttpServerOptions server = new HttpServerOptions().setHost(host).setPort(port);
    if (options.tls()) {
      node.tls()
          .map(tls -> tls.listener(options.clients()))
          .ifPresent(tls -> tls.secure(server, ConnectionLimits.OF_ADMIN.headTimeout()));
    }
    return server;
  }

  private List<AdminRoute> own() {
    return List.of(
        AdminRoute.get("/health/live", Access.OPEN, asked -> send(asked, OK, health("UP"))),
        AdminRoute.get("/health/ready", Access.OPEN, this::ready),
        AdminRoute.get("/status", Access.ADMIN, this::status));
  }

  private Router router() {
    Router router = Router.router(node.vertx());
    routes.forEach(route -> add(router, route));
    router.errorHandler(400, asked -> refuse(asked.request(), FailureCode.MALFORMED_REQUEST));
    router.errorHandler(
        404, guarded(Access.ADMIN, asked -> refuse(asked, FailureCode.UNKNOWN_PATH)));
    router.errorHandler(405, guarded(Access.ADMIN, this::methodNotAllowed));
    return router;
  }

  private void add(Router router, AdminRoute added) {
    Route route = router.route(added.path()).method(added.method());
    if (added.method().equals(HttpMethod.GET)) {
      route.method(HttpMethod.HEAD);
    }
    route.handler(guarded(added.access(), added.handler()));
  }

  private Handler<RoutingContext> guarded(Access access, Handler<HttpServerRequest> next) {
    return asked ->
        gate.pass(asked.request(), access, next::handle, refusal -> send(asked.request(), refusal));
  }

  private void status(HttpServerRequest asked) {
    ClusterStatus.of(node)
        .onSuccess(status -> send(asked, OK, status))
        .onFailure(e -> refuse(asked, FailureCode.UNAVAILABLE));
  }

  private void methodNotAllowed(HttpServerRequest asked) {
    String allow =
        routes.stream()
            .filter(route -> isAt(asked.path(), route.path()))
            .map(route -> route.method().equals(HttpMethod.GET) ? "GET, HEAD" : "" + route.method())
            .collect(Collectors.joining(", "));
    asked.response().putHeader(HttpHeaders.ALLOW, allow);
    refuse(asked, FailureCode.METHOD_NOT_ALLOWED);
  }

  private static boolean isAt(String path, String route) {
    return route.endsWith("/*")
        ? path.startsWith(route.substring(0, route.length() - 1))
        : path.equals(route);
  }

  private void refuse(HttpServerRequest asked, FailureCode code) {
    String served = routes.stream().map(AdminRoute::toString).collect(Collectors.joining(", "));
    StrictHttp.answer(asked, ServiceFailure.of(code, served + " are served here"));
  }

  private void ready(HttpServerRequest asked) {
    if (ready.getAsBoolean()) {
      send(asked, OK, health("UP"));
    } else {
      send(asked, UNAVAILABLE, health("DOWN"));
    }
  }

  private static JsonObject health(String status) {
    return new JsonObject().put("status", status);
  }

  private static void send(HttpServerRequest asked, ServiceReply refusal) {
    HttpServerResponse response = asked.response().setStatusCode(refusal.status());
    response.putHeader(HttpHeaders.CONTENT_TYPE, refusal.contentType());
    refusal.headers().forEach(field -> response.headers().add(field.name(), field.value()));
    StrictHttp.end(asked, Buffer.buffer(refusal.body()));
  }

  private static void send(HttpServerRequest asked, int status, JsonObject body) {
    asked
        .response()
        .setStatusCode(status)
        .putHeader("Content-Type", "application/json")
        .putHeader("Cache-Control", "no-store")
        .putHeader("X-Content-Type-Options", "nosniff");
    StrictHttp.end(asked, Buffer.buffer(body.encodePrettily() + "\n"));
  }

  /** All that it serves. */
  public List<AdminRoute> routes() {
    return routes;
  }

  /** The port on which it listens. */
  public int port() {
    return port;
  }
}
