package io.sparkwire.http;

import io.sparkwire.access.Access;
import io.sparkwire.access.Gate;
import io.sparkwire.endpoint.Endpoint;
import io.sparkwire.endpoint.EndpointHandler;
import io.sparkwire.exchange.ExchangeLoop;
import io.sparkwire.framing.StrictHttp;
import io.sparkwire.message.FailureCode;
import io.sparkwire.message.Header;
import io.sparkwire.message.ResponseOptions;
import io.sparkwire.message.ServiceFailure;
import io.sparkwire.message.ServicePath;
import io.sparkwire.message.ServiceReply;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * One event loop's share of a listener: it accepts connections and routes their requests to
 * endpoints.
 *
 * <p>Runs on: event loop, but for {@link #serve}.
 */
final class IngressVerticle extends VerticleBase {

  private static final byte[] NOTHING = {};

  private final HttpServerOptions options;
  private final NodeTraffic node;
  private final Gate gate;

  /** Null if nothing is said of web pages of other origins. */
  private final CrossOrigin origins;

  private final Map<Endpoint, EndpointHandler> handlers = new HashMap<>();
  private ExchangeLoop loop;
  private LoopResponses responses;
  private BiFunction<String, ServiceReply, ServiceReply> failures = (path, failure) -> failure;

  /**
   * What handles each method of the paths with one spelling. Most requests have such a path, and
   * its exact text: a routing context would take a tenth of their time on the event loop.
   */
  private Map<String, Map<HttpMethod, Target>> exact = new HashMap<>();

  /** For all others. */
  private Router router;

  private HttpServer server;

  /** What handles a request, what it asks of clients, and what its response is like. */
  private record Target(EndpointHandler handler, Access access, ResponseOptions responses) {}

  IngressVerticle(HttpServerOptions options, NodeTraffic node, Gate gate, CrossOrigin origins) {
    this.options = options;
    this.node = node;
    this.gate = gate;
    this.origins = origins;
  }

  @Override
  public Future<?> start() {
    loop = new ExchangeLoop(context);
    responses = node.of(context).responses();
    router = router(List.of());
    server =
        StrictHttp.server(
            vertx, options, node.connections(), this::route, responses.observer()::unserved);
    return server.listen();
  }

  private void route(HttpServerRequest request) {
    responses.observer().arrived(request);
    Map<HttpMethod, Target> methods = exact.get(request.path());
    Target target = methods == null ? null : methods.get(request.method());
    if (target == null || (origins != null && CrossOrigin.isSaidOf(request))) {
      router.handle(request);
    } else {
      handle(target, request, Map.of());
    }
  }

  private void handle(Target target, HttpServerRequest request, Map<String, String> parameters) {
    ResponseWriter client = new ResponseWriter(request, responses, target.responses());
    if (gate.isOpen()) {
      target.handler().handle(request, parameters, client);
    } else {
      gate.pass(
          request,
          target.access(),
          known -> {
            responses.observer().arrived(known);
            target.handler().handle(known, parameters, client);
          },
          refusal -> refuse(client, failures.apply(request.path(), refusal)));
    }
  }

  /** Answers a request that reaches no service. */
  private void refuse(ResponseWriter client, ServiceReply reply) {
    responses.observer().unserved(client.request(), reply);
    client.send(reply);
  }

  int port() {
    return server.actualPort();
  }

  /**
   * Routes to exactly these endpoints from now on. Runs on: any thread.
   *
   * @param failures gives a failure where no endpoint is the form that its path has
   */
  Future<Void> serve(
      List<Endpoint> endpoints, BiFunction<String, ServiceReply, ServiceReply> failures) {
    return Future.future(done -> context.runOnContext(v -> serve(endpoints, failures, done)));
  }

  /** A failure here must complete the promise: the event loop itself would only log it. */
  private void serve(
      List<Endpoint> endpoints,
      BiFunction<String, ServiceReply, ServiceReply> failures,
      Promise<Void> done) {
    try {
      this.failures = failures;
      handlers.keySet().retainAll(endpoints);
      router = router(endpoints);
      exact = exact(endpoints);
      done.complete();
    } catch (RuntimeException e) {
      done.fail(e);
    }
  }

  private Map<String, Map<HttpMethod, Target>> exact(List<Endpoint> endpoints) {
    Map<String, Map<HttpMethod, Target>> exact = new HashMap<>();
    for (Endpoint endpoint : endpoints) {
      if (endpoint.path().isPlain()) {
        Target target = target(endpoint);
        Map<HttpMethod, Target> methods =
            exact.computeIfAbsent(endpoint.path().text(), path -> new HashMap<>());
        endpoint.methods().forEach(method -> methods.put(HttpMethod.valueOf(method), target));
      }
    }
    exact.values().forEach(IngressVerticle::implyHead);
    return exact;
  }

  private static void implyHead(Map<HttpMethod, Target> methods) {
    Target get = methods.get(HttpMethod.GET);
    if (get != null) {
      methods.putIfAbsent(HttpMethod.HEAD, get);
    }
  }

  private Target target(Endpoint endpoint) {
    EndpointHandler handler =
        handlers.computeIfAbsent(endpoint, added -> added.handlers().apply(loop));
    return new Target(handler, endpoint.access(), endpoint.responses());
  }

  private Router router(List<Endpoint> endpoints) {
    Router table = Router.router(vertx);
    if (origins != null) {
      table.route().handler(origins.handler());
    }
    endpoints.stream()
        .sorted(Comparator.comparing(Endpoint::path, ServicePath.BY_PRECEDENCE))
        .forEach(endpoint -> add(table, endpoint, endpoint.impliesHead(endpoints)));
    table.errorHandler(400, this::badRequest);
    table.errorHandler(403, this::otherOrigin);
    table.errorHandler(404, this::unknownPath);
    table.errorHandler(405, routing -> otherMethod(routing, endpoints));
    return table;
  }

  private void add(Router table, Endpoint endpoint, boolean impliesHead) {
    Route route = route(table, endpoint.path());
    endpoint.methods().forEach(method -> route.method(HttpMethod.valueOf(method)));
    if (impliesHead) {
      route.method(HttpMethod.HEAD);
    }
    Target target = target(endpoint);
    route.handler(
        endpoint.path().hasParameters()
            ? routing -> handle(target, routing.request(), routing.pathParams())
            : routing -> handle(target, routing.request(), Map.of()));
  }

  /** Writes a response that no endpoint gives. */
  private ResponseWriter writer(RoutingContext routing) {
    return new ResponseWriter(routing.request(), responses, ResponseOptions.DEFAULT);
  }

  /** A path with one spelling is found by comparing texts; any other by a pattern of ours. */
  private static Route route(Router table, ServicePath path) {
    return path.isPlain()
        ? table.route(path.text())
        : table.routeWithRegex(path.pattern().pattern()).setRegexGroupsNames(path.parameters());
  }

  private void badRequest(RoutingContext routing) {
    String why = routing.failure() == null ? "it cannot be routed" : routing.failure().getMessage();
    refuse(writer(routing), ServiceFailure.of(FailureCode.MALFORMED_REQUEST, why).toReply());
  }

  private void otherOrigin(RoutingContext routing) {
    String detail = "web pages of this origin may not send requests here";
    refuse(writer(routing), ServiceFailure.of(FailureCode.FORBIDDEN, detail).toReply());
  }

  private void unknownPath(RoutingContext routing) {
    String path = routing.request().path();
    ServiceReply reply =
        ServiceFailure.of(FailureCode.UNKNOWN_PATH, "no service answers at '" + path + "'")
            .toReply();
    sendToKnown(routing, reply);
  }

  /** Which paths there are is for known clients alone. */
  private void sendToKnown(RoutingContext routing, ServiceReply reply) {
    UnaryOperator<ServiceReply> form = r -> failures.apply(routing.normalizedPath(), r);
    ResponseWriter client = writer(routing);
    gate.pass(
        routing.request(),
        Access.KNOWN,
        known -> refuse(client, form.apply(reply)),
        refusal -> refuse(client, form.apply(refusal)));
  }

  /** Answers a method that no endpoint of the path has: OPTIONS with those that there are. */
  private void otherMethod(RoutingContext routing, List<Endpoint> endpoints) {
    List<Endpoint> here =
        endpoints.stream()
            .filter(e -> e.path().pattern().matcher(routing.normalizedPath()).matches())
            .toList();
    HttpMethod method = routing.request().method();
    ServiceReply reply =
        method.equals(HttpMethod.OPTIONS)
            ? new ServiceReply(ServiceReply.NO_CONTENT, null, List.of(), NOTHING)
            : ServiceFailure.of(
                    FailureCode.METHOD_NOT_ALLOWED,
                    "this path is served for " + names(here, Endpoint::methods) + ", got " + method)
                .toReply();
    Header allow = new Header("Allow", names(here, Endpoint::allowed));
    sendToKnown(routing, reply.with(allow));
  }

  private static String names(List<Endpoint> endpoints, Function<Endpoint, Set<String>> methods) {
    return endpoints.stream()
        .flatMap(endpoint -> methods.apply(endpoint).stream())
        .distinct()
        .sorted()
        .collect(Collectors.joining(", "));
  }
}
