package io.sparkwire.http;

import io.sparkwire.dispatch.ExchangeLoop;
import io.sparkwire.dispatch.Exchanges;
import io.sparkwire.dispatch.HandOff;
import io.sparkwire.dispatch.Service;
import io.sparkwire.protocol.FailureCode;
import io.sparkwire.protocol.Header;
import io.sparkwire.protocol.ServiceFailure;
import io.sparkwire.protocol.ServiceReply;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * One event loop's share of a listener: it accepts connections and routes their requests.
 *
 * <p>Runs on: event loop, but for {@link #serve}.
 */
final class IngressVerticle extends VerticleBase {

  private final HttpServerOptions options;
  private final Exchanges exchanges;
  private final Function<String, HandOff> handOffs;
  private final InstantSource clock;
  private final Map<Service, ServiceRoute> routes = new HashMap<>();
  private ExchangeLoop loop;
  private Router router;
  private HttpServer server;

  IngressVerticle(
      HttpServerOptions options,
      Exchanges exchanges,
      Function<String, HandOff> handOffs,
      InstantSource clock) {
    this.options = options;
    this.exchanges = exchanges;
    this.handOffs = handOffs;
    this.clock = clock;
  }

  @Override
  public Future<?> start() {
    loop = new ExchangeLoop(context);
    router = router(List.of());
    server = vertx.createHttpServer(options).requestHandler(request -> router.handle(request));
    return server.listen();
  }

  int port() {
    return server.actualPort();
  }

  /** Routes to exactly these services from now on. Runs on: any thread. */
  Future<Void> serve(List<Service> services) {
    return Future.future(
        done ->
            context.runOnContext(
                v -> {
                  router = router(services);
                  done.complete();
                }));
  }

  private Router router(List<Service> services) {
    routes.keySet().retainAll(services);
    Router table = Router.router(vertx);
    services.stream()
        .sorted(Comparator.comparing(s -> s.spec().path().indexOf(':') >= 0)) // exact paths first
        .forEach(service -> addRoute(table, service));
    table.errorHandler(404, this::unknownPath);
    table.errorHandler(405, routing -> methodNotAllowed(routing, services));
    return table;
  }

  private void addRoute(Router table, Service service) {
    Route route = table.route(service.spec().path());
    service.spec().methods().forEach(method -> route.method(HttpMethod.valueOf(method)));
    route.handler(routes.computeIfAbsent(service, this::route));
  }

  private ServiceRoute route(Service service) {
    return new ServiceRoute(
        service.spec(),
        exchanges.queue(service, loop),
        exchanges,
        handOffs.apply(service.spec().name()),
        clock);
  }

  private void unknownPath(RoutingContext routing) {
    String path = routing.request().path();
    new ResponseWriter(routing.request())
        .send(
            ServiceFailure.of(FailureCode.UNKNOWN_PATH, "no service answers at '" + path + "'")
                .toReply());
  }

  private void methodNotAllowed(RoutingContext routing, List<Service> services) {
    String allowed =
        services.stream()
            .filter(s -> matches(s.spec().path(), routing.request().path()))
            .flatMap(s -> s.spec().methods().stream())
            .distinct()
            .sorted()
            .collect(Collectors.joining(", "));
    String came = routing.request().method().name();
    ServiceReply problem =
        ServiceFailure.of(
                FailureCode.METHOD_NOT_ALLOWED,
                "this path is served for " + allowed + ", but " + came + " came")
            .toReply();
    new ResponseWriter(routing.request())
        .send(
            new ServiceReply(
                problem.status(),
                problem.contentType(),
                List.of(new Header("Allow", allowed)),
                problem.body()));
  }

  private static boolean matches(String pattern, String path) {
    return path.matches(pattern.replaceAll(":\\w+", "[^/]+") + "/?");
  }
}
