package io.sparkwire.retention;

import io.sparkwire.access.Access;
import io.sparkwire.endpoint.Endpoint;
import io.sparkwire.endpoint.EndpointHandler;
import io.sparkwire.exchange.Responder;
import io.sparkwire.message.ServicePath;
import io.sparkwire.message.ServiceReply;
import io.sparkwire.message.ServiceSpec;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.Map;
import java.util.Set;

/**
 * Handles requests for the asynchronous requests of one service: GET gets the reply, DELETE removes
 * it.
 *
 * <p>Runs on: event loop. Immutable, so that all event loops share it.
 */
record AsyncEndpoint(AsyncRequests requests) implements EndpointHandler {

  private static final Set<String> METHODS = Set.of("GET", "DELETE");
  private static final String NAME = "sparkwireRequest";

  /** The endpoint below the path of that service. */
  static Endpoint of(ServiceSpec spec, AsyncRequests requests) {
    AsyncEndpoint handler = new AsyncEndpoint(requests);
    return new Endpoint(
        path(spec), Access.to(spec.name()), METHODS, spec.responses(), loop -> handler);
  }

  static ServicePath path(ServiceSpec spec) {
    String base = spec.route().path().equals("/") ? "" : spec.route().path();
    return new ServicePath(base + AsyncRequests.PLACE + ':' + NAME);
  }

  @Override
  public void handle(
      HttpServerRequest request, Map<String, String> parameters, Responder responder) {
    String name = parameters.get(NAME) + Clients.suffix(request.headers());
    boolean forgets = request.method().equals(HttpMethod.DELETE);
    Context connection = Vertx.currentContext();
    Future<ServiceReply> answer = forgets ? requests.forget(name) : requests.find(name);
    answer
        .otherwise(e -> DetachedLoop.unreachable())
        .onSuccess(reply -> connection.runOnContext(v -> responder.send(reply)));
  }
}
