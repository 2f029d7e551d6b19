package io.sparkwire.http;

import io.sparkwire.exchange.Exchange;
import io.sparkwire.message.RequestId;
import io.sparkwire.message.RequestName;
import io.sparkwire.message.ResponseOptions;
import io.sparkwire.message.ResponseOptions.RequestIds;
import io.sparkwire.message.ServiceFailure;
import io.sparkwire.message.ServiceReply;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

/**
 * The header field {@code X-Request-Id}, by which clients and their logs know a request: the one
 * that the client sent, otherwise our own id. Stateless.
 */
final class RequestNames {

  private RequestNames() {}

  /**
   * The name of a request in its response; null if the response has none.
   *
   * @param exchange null if the request was refused before it had one
   */
  static String of(
      HttpServerRequest request, ResponseOptions options, LoopResponses loop, Exchange exchange) {
    String sent = request.headers().get(RequestName.FIELD);
    if (sent == null && options.requestId() == RequestIds.ECHO) {
      return null;
    }
    if (sent != null && RequestName.isValid(sent)) {
      return sent;
    }
    RequestId id = exchange == null ? loop.ids().get() : exchange.id();
    return id.toString();
  }

  /** Names the request in the head of its response, and in the document if it is a failure. */
  static ServiceReply write(HttpServerResponse response, ServiceReply reply, String id) {
    response.headers().set(RequestName.FIELD, id);
    return ServiceFailure.ofRequest(reply, id);
  }
}
