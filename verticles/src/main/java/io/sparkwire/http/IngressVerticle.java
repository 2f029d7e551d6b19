package io.sparkwire.http;

import io.sparkwire.dispatch.ExchangeLoop;
import io.sparkwire.dispatch.Exchanges;
import io.sparkwire.dispatch.Service;
import io.sparkwire.kept.AsyncRequests;
import io.sparkwire.kept.Entrance;
import io.sparkwire.protocol.FailureCode;
import io.sparkwire.protocol.Header;
import io.sparkwire.protocol.ServiceFailure;
import io.sparkwire.protocol.ServiceReply;
import io.sparkwire.protocol.ServiceSpec;
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
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One event loop's share of a listener: it accepts connections and routes their requests.
 *
 * <p>Runs on: event loop, but for {@link #serve}.
 */
final class IngressVerticle extends VerticleBase {

  private final HttpServerOptions options;
  private final Exchanges exchanges;
  private final Function<Service, Entrance> entrances;
  private final InstantSource clock;
  private final Map<Service, ServiceRoute> routes = new HashMap<>();
  private ExchangeLoop loop;
  private Router router;
  private HttpServer server;

  IngressVerticle(
      HttpServerOptions options,
      Exchanges exchanges,
      Function<Service, Entrance> entrances,
      InstantSource clock) {
    this.options = options;
    this.exchanges = exchanges;
    this.entrances = entrances;
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
    services.forEach(service -> addAsyncRoute(table, service));
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

  /** It goes first: a path with parameters might take its requests else. */
  private void addAsyncRoute(Router table, Service service) {
    AsyncRequests async = entrances.apply(service).async();
    if (async != null) {
      Route route = table.route(AsyncRoute.path(service.spec()));
      AsyncRoute.METHODS.forEach(method -> route.method(HttpMethod.valueOf(method)));
      route.handler(new AsyncRoute(async));
    }
  }

  private ServiceRoute route(Service service) {
    return new ServiceRoute(
        service.spec(),
        exchanges.queue(service, loop),
        exchanges,
        entrances.apply(service).handOff(),
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
            .flatMap(service -> methodsAt(routing.request().path(), service.spec()))
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

  private static Stream<String> methodsAt(String path, ServiceSpec spec) {
    Set<String> own = matches(spec.path(), path) ? spec.methods() : Set.of();
    boolean async = spec.keeping().ofAsync() && matches(AsyncRoute.path(spec), path);
    return Stream.concat(own.stream(), async ? AsyncRoute.METHODS.stream() : Stream.empty());
  }

  private static boolean matches(String pattern, String path) {
    return path.matches(pattern.replaceAll(":\\w+", "[^/]+") + "/?");
  }
}
