package io.sparkwire.http;

import io.sparkwire.connection.UnreadReplies;
import io.sparkwire.endpoint.Endpoint;
import io.sparkwire.endpoint.EndpointHandler;
import io.sparkwire.exchange.ExchangeLoop;
import io.sparkwire.framing.StrictHttp;
import io.sparkwire.message.FailureCode;
import io.sparkwire.message.Header;
import io.sparkwire.message.ServiceFailure;
import io.sparkwire.message.ServicePath;
import io.sparkwire.message.ServiceReply;
import io.vertx.core.Future;
import io.vertx.core.Handler;
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
import java.util.function.Function;
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
  private final Map<Endpoint, EndpointHandler> handlers = new HashMap<>();
  private ExchangeLoop loop;
  private UnreadReplies unread;

  /**
   * What handles each method of the paths with one spelling. Most requests have such a path, and
   * its exact text: a routing context would take a tenth of their time on the event loop.
   */
  private Map<String, Map<HttpMethod, EndpointHandler>> exact = new HashMap<>();

  /** For all others. */
  private Router router;

  private HttpServer server;

  IngressVerticle(HttpServerOptions options, NodeTraffic node) {
    this.options = options;
    this.node = node;
  }

  @Override
  public Future<?> start() {
    loop = new ExchangeLoop(context);
    unread = node.of(context).unread();
    router = router(List.of());
    server = StrictHttp.server(vertx, options, node.connections(), this::route);
    return server.listen();
  }

  private void route(HttpServerRequest request) {
    Map<HttpMethod, EndpointHandler> methods = exact.get(request.path());
    EndpointHandler handler = methods == null ? null : methods.get(request.method());
    if (handler == null) {
      router.handle(request);
    } else {
      handler.handle(request, Map.of(), new ResponseWriter(request, unread));
    }
  }

  int port() {
    return server.actualPort();
  }

  /** Routes to exactly these endpoints from now on. Runs on: any thread. */
  Future<Void> serve(List<Endpoint> endpoints) {
    return Future.future(done -> context.runOnContext(v -> serve(endpoints, done)));
  }

  /** A failure here must complete the promise: the event loop itself would only log it. */
  private void serve(List<Endpoint> endpoints, Promise<Void> done) {
    try {
      handlers.keySet().retainAll(endpoints);
      router = router(endpoints);
      exact = exact(endpoints);
      done.complete();
    } catch (RuntimeException e) {
      done.fail(e);
    }
  }

  private Map<String, Map<HttpMethod, EndpointHandler>> exact(List<Endpoint> endpoints) {
    Map<String, Map<HttpMethod, EndpointHandler>> exact = new HashMap<>();
    for (Endpoint endpoint : endpoints) {
      if (endpoint.path().isPlain()) {
        Map<HttpMethod, EndpointHandler> methods =
            exact.computeIfAbsent(endpoint.path().text(), path -> new HashMap<>());
        endpoint
            .methods()
            .forEach(method -> methods.put(HttpMethod.valueOf(method), handler(endpoint)));
      }
    }
    exact.values().forEach(IngressVerticle::implyHead);
    return exact;
  }

  private static void implyHead(Map<HttpMethod, EndpointHandler> methods) {
    EndpointHandler get = methods.get(HttpMethod.GET);
    if (get != null) {
      methods.putIfAbsent(HttpMethod.HEAD, get);
    }
  }

  private EndpointHandler handler(Endpoint endpoint) {
    return handlers.computeIfAbsent(endpoint, added -> added.handlers().apply(loop));
  }

  private Router router(List<Endpoint> endpoints) {
    Router table = Router.router(vertx);
    endpoints.stream()
        .sorted(Comparator.comparing(Endpoint::path, ServicePath.BY_PRECEDENCE))
        .forEach(endpoint -> add(table, endpoint, endpoint.impliesHead(endpoints)));
    table.errorHandler(400, this::badRequest);
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
    EndpointHandler handler = handler(endpoint);
    route.handler(endpoint.path().hasParameters() ? parametrised(handler) : plain(handler));
  }

  private Handler<RoutingContext> parametrised(EndpointHandler handler) {
    return routing -> handler.handle(routing.request(), routing.pathParams(), writer(routing));
  }

  private Handler<RoutingContext> plain(EndpointHandler handler) {
    return routing -> handler.handle(routing.request(), Map.of(), writer(routing));
  }

  private ResponseWriter writer(RoutingContext routing) {
    return new ResponseWriter(routing.request(), unread);
  }

  /** A path with one spelling is found by comparing texts; any other by a pattern of ours. */
  private static Route route(Router table, ServicePath path) {
    return path.isPlain()
        ? table.route(path.text())
        : table.routeWithRegex(path.pattern().pattern()).setRegexGroupsNames(path.parameters());
  }

  private void badRequest(RoutingContext routing) {
    String why = routing.failure() == null ? "it cannot be routed" : routing.failure().getMessage();
    writer(routing).send(ServiceFailure.of(FailureCode.MALFORMED_REQUEST, why).toReply());
  }

  private void unknownPath(RoutingContext routing) {
    String path = routing.request().path();
    writer(routing)
        .send(
            ServiceFailure.of(FailureCode.UNKNOWN_PATH, "no service answers at '" + path + "'")
                .toReply());
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
    writer(routing).send(reply.with(allow));
  }

  private static String names(List<Endpoint> endpoints, Function<Endpoint, Set<String>> methods) {
    return endpoints.stream()
        .flatMap(endpoint -> methods.apply(endpoint).stream())
        .distinct()
        .sorted()
        .collect(Collectors.joining(", "));
  }
}
