package io.sparkwire.http;

import io.sparkwire.exchange.ExchangeLoop;
import io.sparkwire.exchange.Exchanges;
import io.sparkwire.exchange.Service;
import io.sparkwire.framing.StrictHttp;
import io.sparkwire.message.FailureCode;
import io.sparkwire.message.Header;
import io.sparkwire.message.ServiceFailure;
import io.sparkwire.message.ServicePath;
import io.sparkwire.message.ServiceReply;
import io.sparkwire.retention.AsyncRequests;
import io.sparkwire.retention.Entrance;
import io.vertx.core.Future;
import io.vertx.core.Promise;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One event loop's share of a listener: it accepts connections and routes their requests.
 *
 * <p>Runs on: event loop, but for {@link #serve}.
 */
final class IngressVerticle extends VerticleBase {

  private final HttpServerOptions options;
  private final NodeTraffic node;
  private final Exchanges exchanges;
  private final Function<Service, Entrance> entrances;
  private final InstantSource clock;
  private final Map<Service, ServiceRoute> routes = new HashMap<>();
  private ExchangeLoop loop;
  private LoopTraffic traffic;
  private Router router;
  private HttpServer server;

  IngressVerticle(
      HttpServerOptions options,
      NodeTraffic node,
      Exchanges exchanges,
      Function<Service, Entrance> entrances,
      InstantSource clock) {
    this.options = options;
    this.node = node;
    this.exchanges = exchanges;
    this.entrances = entrances;
    this.clock = clock;
  }

  @Override
  public Future<?> start() {
    loop = new ExchangeLoop(context);
    traffic = node.of(context);
    router = router(List.of());
    server =
        StrictHttp.server(vertx, options, node.connections(), request -> router.handle(request));
    return server.listen();
  }

  int port() {
    return server.actualPort();
  }

  /** Routes to exactly these services from now on. Runs on: any thread. */
  Future<Void> serve(List<Service> services) {
    return Future.future(done -> context.runOnContext(v -> serve(services, done)));
  }

  /**
   * A failure here has to reach those who wait, which an event loop by itself does not care for.
   */
  private void serve(List<Service> services, Promise<Void> done) {
    try {
      router = router(services);
      done.complete();
    } catch (RuntimeException e) {
      done.fail(e);
    }
  }

  private Router router(List<Service> services) {
    routes.keySet().retainAll(services);
    Router table = Router.router(vertx);
    services.forEach(service -> addAsyncRoute(table, service));
    services.stream()
        .sorted(Comparator.comparing(s -> pathOf(s).hasParameters())) // exact paths first
        .forEach(service -> addRoute(table, service));
    table.errorHandler(400, this::badRequest);
    table.errorHandler(404, this::unknownPath);
    Map<Pattern, Set<String>> methods = methods(services);
    table.errorHandler(405, routing -> methodNotAllowed(routing, methods));
    return table;
  }

  private void addRoute(Router table, Service service) {
    Route route = route(table, pathOf(service));
    service.spec().route().methods().forEach(method -> route.method(HttpMethod.valueOf(method)));
    route.handler(routes.computeIfAbsent(service, this::route));
  }

  /** It goes first: a path with parameters might take its requests else. */
  private void addAsyncRoute(Router table, Service service) {
    AsyncRequests async = entrances.apply(service).async();
    if (async != null) {
      Route route = route(table, AsyncRoute.path(service.spec()));
      AsyncRoute.METHODS.forEach(method -> route.method(HttpMethod.valueOf(method)));
      route.handler(new AsyncRoute(async, traffic.unread()));
    }
  }

  /** A path with one spelling is found by comparing texts; any other by a pattern of ours. */
  private static Route route(Router table, ServicePath path) {
    return path.isPlain()
        ? table.route(path.text())
        : table.routeWithRegex(path.pattern().pattern()).setRegexGroupsNames(path.parameters());
  }

  private static ServicePath pathOf(Service service) {
    return new ServicePath(service.spec().route().path());
  }

  private ServiceRoute route(Service service) {
    return new ServiceRoute(
        service.spec(),
        exchanges.queue(service, loop),
        traffic,
        entrances.apply(service).handOff(),
        clock);
  }

  private void badRequest(RoutingContext routing) {
    String why = routing.failure() == null ? "it cannot be routed" : routing.failure().getMessage();
    new ResponseWriter(routing.request(), traffic.unread())
        .send(ServiceFailure.of(FailureCode.MALFORMED_REQUEST, why).toReply());
  }

  private void unknownPath(RoutingContext routing) {
    String path = routing.request().path();
    new ResponseWriter(routing.request(), traffic.unread())
        .send(
            ServiceFailure.of(FailureCode.UNKNOWN_PATH, "no service answers at '" + path + "'")
                .toReply());
  }

  /** What is taken at which paths. */
  private static Map<Pattern, Set<String>> methods(List<Service> services) {
    Map<Pattern, Set<String>> methods = new LinkedHashMap<>();
    for (Service service : services) {
      methods.put(pathOf(service).pattern(), service.spec().route().methods());
      if (service.spec().retention().hasAsync()) {
        methods.put(AsyncRoute.path(service.spec()).pattern(), AsyncRoute.METHODS);
      }
    }
    return methods;
  }

  private void methodNotAllowed(RoutingContext routing, Map<Pattern, Set<String>> methods) {
    String path = routing.normalizedPath();
    String allowed =
        methods.entrySet().stream()
            .filter(served -> served.getKey().matcher(path).matches())
            .flatMap(served -> served.getValue().stream())
            .distinct()
            .sorted()
            .collect(Collectors.joining(", "));
    String method = routing.request().method().name();
    ServiceReply problem =
        ServiceFailure.of(
                FailureCode.METHOD_NOT_ALLOWED,
                "this path is served for " + allowed + ", got " + method)
            .toReply();
    new ResponseWriter(routing.request(), traffic.unread())
        .send(
            new ServiceReply(
                problem.status(),
                problem.contentType(),
                List.of(new Header("Allow", allowed)),
                problem.body()));
  }
}
