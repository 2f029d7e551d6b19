package io.sparkwire.http;

import io.sparkwire.connection.UnreadReplies;
import io.sparkwire.message.FailureCode;
import io.sparkwire.message.ServiceFailure;
import io.sparkwire.message.ServicePath;
import io.sparkwire.message.ServiceReply;
import io.sparkwire.message.ServiceSpec;
import io.sparkwire.retention.AsyncRequests;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.util.Set;

/**
 * The place of a service's asynchronous requests: GET has the reply, DELETE forgets it.
 *
 * <p>Runs on: event loop. Not thread-safe.
 */
record AsyncRoute(AsyncRequests requests, UnreadReplies unread) implements Handler<RoutingContext> {

  static final Set<String> METHODS = Set.of("GET", "DELETE");

  private static final String NAME = "sparkwireRequest";

  /** The path of one request of that service, with a parameter for its name. */
  static ServicePath path(ServiceSpec spec) {
    String base = spec.route().path().equals("/") ? "" : spec.route().path();
    return new ServicePath(base + AsyncRequests.PLACE + ':' + NAME);
  }

  @Override
  public void handle(RoutingContext routing) {
    String name = routing.pathParam(NAME);
    boolean forgets = routing.request().method().equals(HttpMethod.DELETE);
    ResponseWriter writer = new ResponseWriter(routing.request(), unread);
    Context connection = routing.vertx().getOrCreateContext();
    Future<ServiceReply> told = forgets ? requests.forget(name) : requests.find(name);
    told.otherwise(AsyncRoute::unreachable)
        .onSuccess(reply -> connection.runOnContext(v -> writer.send(reply)));
  }

  private static ServiceReply unreachable(Throwable cause) {
    return ServiceFailure.of(
            FailureCode.UNAVAILABLE, "the kept replies cannot be reached; try again later")
        .toReply();
  }
}
