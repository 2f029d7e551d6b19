package io.sparkwire.http;

import io.sparkwire.dispatch.Responder;
import io.sparkwire.protocol.Header;
import io.sparkwire.protocol.ServiceReply;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

/**
 * Writes one reply to one HTTP response. Runs on: event loop.
 *
 * <p>A reply may come before the client has sent all of its request. The rest is read and thrown
 * away for a while, because closing at once would make the client lose the reply.
 */
record ResponseWriter(HttpServerRequest request) implements Responder {

  private static final long LINGER_MILLIS = 1_000;

  @Override
  public void send(ServiceReply reply) {
    HttpServerResponse response = request.response();
    if (response.closed() || response.ended()) {
      return;
    }
    response.setStatusCode(reply.status());
    MultiMap headers = response.headers();
    if (reply.contentType() != null) {
      headers.set(HttpHeaders.CONTENT_TYPE, reply.contentType());
    }
    for (Header header : reply.headers()) {
      if (header.name().equalsIgnoreCase("Content-Type")) {
        headers.set(header.name(), header.value());
      } else {
        headers.add(header.name(), header.value());
      }
    }
    if (reply.status() == ServiceReply.NO_CONTENT) {
      response.end();
    } else {
      response.end(Buffer.buffer(reply.body()));
    }
    if (!request.isEnded()) {
      linger();
    }
  }

  private void linger() {
    Vertx vertx = Vertx.currentContext().owner();
    long timer = vertx.setTimer(LINGER_MILLIS, id -> request.connection().close());
    request.endHandler(v -> vertx.cancelTimer(timer));
  }
}
