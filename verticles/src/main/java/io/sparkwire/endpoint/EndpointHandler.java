package io.sparkwire.endpoint;

import io.sparkwire.exchange.Responder;
import io.vertx.core.http.HttpServerRequest;
import java.util.Map;

/** Handles the requests of one endpoint. Runs on: event loop of the connection. */
@FunctionalInterface
public interface EndpointHandler {

  /**
   * Handles a request whose head is complete; its body may follow.
   *
   * @param parameters the decoded values of the path's parameters by name; copy them to keep them
   *     beyond the reply
   * @param responder takes the one reply, on this event loop, now or later
   */
  void handle(HttpServerRequest request, Map<String, String> parameters, Responder responder);
}
