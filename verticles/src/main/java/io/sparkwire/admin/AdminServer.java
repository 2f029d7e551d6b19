package io.sparkwire.admin;

import io.sparkwire.cluster.ClusterStatus;
import io.sparkwire.cluster.ConnectionLimits;
import io.sparkwire.cluster.Node;
import io.sparkwire.cluster.NodeLimits;
import io.sparkwire.connection.Connections;
import io.sparkwire.framing.StrictHttp;
import io.sparkwire.message.FailureCode;
import io.sparkwire.message.ServiceFailure;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/**
 * The HTTP server for operators of a node: whether it is alive, whether it should get requests, and
 * the status of the nodes of its cluster.
 *
 * <p>It has no authentication, so it refuses requests whose host is not its own name. It ends with
 * its node. Runs on: event loop, but for {@link #start}.
 */
public final class AdminServer {

  private static final long TIMEOUT_SECONDS = 30;
  private static final int OK = 200;
  private static final int UNAVAILABLE = 503;

  private final Node node;
  private final AdminOptions options;
  private final BooleanSupplier ready;
  private final Connections connections;
  private int port;

  private AdminServer(Node node, AdminOptions options, BooleanSupplier ready) {
    this.node = node;
    this.options = options;
    this.ready = ready;
    this.connections =
        new Connections(
            new NodeLimits(ConnectionLimits.OF_ADMIN, node.options().limits().transfers()));
  }

  /**
   * Listens from now on. Blocks until it does.
   *
   * @param ready whether the node should get requests; must not block
   * @throws IllegalStateException if none of its ports is free
   */
  public static AdminServer start(Node node, AdminOptions options, BooleanSupplier ready) {
    options.checkSuits(node.options().tls());
    AdminServer admin = new AdminServer(node, options, ready);
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
                node.vertx(), server, connections, request -> hosts.check(request, router))
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

  private Router router() {
    Router router = Router.router(node.vertx());
    get(router, "/health/live").handler(asked -> send(asked, OK, health("UP")));
    get(router, "/health/ready").handler(this::ready);
    get(router, "/status")
        .handler(
            asked ->
                ClusterStatus.of(node)
                    .onSuccess(status -> send(asked, OK, status))
                    .onFailure(asked::fail));
    router.errorHandler(400, asked -> refuse(asked, FailureCode.MALFORMED_REQUEST));
    router.errorHandler(404, asked -> refuse(asked, FailureCode.UNKNOWN_PATH));
    router.errorHandler(405, AdminServer::methodNotAllowed);
    return router;
  }

  private static Route get(Router router, String path) {
    return router.route(path).method(HttpMethod.GET).method(HttpMethod.HEAD);
  }

  private static void methodNotAllowed(RoutingContext asked) {
    asked.response().putHeader(HttpHeaders.ALLOW, "GET, HEAD");
    refuse(asked, FailureCode.METHOD_NOT_ALLOWED);
  }

  private static void refuse(RoutingContext asked, FailureCode code) {
    StrictHttp.answer(
        asked.request(),
        ServiceFailure.of(code, "GET /health/live, /health/ready and /status are served here"));
  }

  private void ready(RoutingContext asked) {
    if (ready.getAsBoolean()) {
      send(asked, OK, health("UP"));
    } else {
      send(asked, UNAVAILABLE, health("DOWN"));
    }
  }

  private static JsonObject health(String status) {
    return new JsonObject().put("status", status);
  }

  private static void send(RoutingContext asked, int status, JsonObject body) {
    asked.response().setStatusCode(status).putHeader("Content-Type", "application/json");
    StrictHttp.end(asked.request(), Buffer.buffer(body.encodePrettily() + "\n"));
  }

  /** The port on which it listens. */
  public int port() {
    return port;
  }
}
