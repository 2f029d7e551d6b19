package io.sparkwire.http;

import io.netty.buffer.Unpooled;
import io.sparkwire.connection.UnreadReplies;
import io.sparkwire.dispatch.Responder;
import io.sparkwire.protocol.FailureCode;
import io.sparkwire.protocol.Header;
import io.sparkwire.protocol.ServiceFailure;
import io.sparkwire.protocol.ServiceReply;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.internal.buffer.BufferInternal;

/**
 * Writes one reply to one HTTP response. Runs on: event loop.
 *
 * <p>A reply may come before the client has sent all of its request. The rest is read and thrown
 * away for a while, because closing at once would make the client lose the reply.
 */
record ResponseWriter(HttpServerRequest request, UnreadReplies unread) implements Responder {

  private static final long LINGER_MILLIS = 1_000;

  @Override
  public Future<Void> send(ServiceReply reply) {
    HttpServerResponse response = request.response();
    if (response.closed() || response.ended()) {
      return Future.succeededFuture();
    }
    ServiceReply sent = writeHead(response, reply);
    Future<Void> written =
        sent.status() == ServiceReply.NO_CONTENT
            ? response.end()
            : response.end(BufferInternal.buffer(Unpooled.wrappedBuffer(sent.body())));
    if (!written.isComplete()) {
      unread.add(request, sent.body().length, written);
    }
    if (!request.isEnded()) {
      linger();
    }
    return written;
  }

  /** Writes the head of this reply, or of a failure if HTTP cannot carry its header fields. */
  private static ServiceReply writeHead(HttpServerResponse response, ServiceReply reply) {
    try {
      write(response, reply);
      return reply;
    } catch (IllegalArgumentException e) { // only the pipeline's fields can be wrong
      response.headers().clear();
      ServiceReply failure =
          ServiceFailure.of(
                  FailureCode.PIPELINE_FAILED,
                  "the pipeline's reply has a header field that HTTP does not allow")
              .toReply();
      write(response, failure);
      return failure;
    }
  }

  private static void write(HttpServerResponse response, ServiceReply reply) {
    response.setStatusCode(reply.status());
    MultiMap headers = response.headers();
    if (reply.contentType() != null) {
      headers.set(HttpHeaders.CONTENT_TYPE, reply.contentType());
    }
    for (Header header : reply.headers()) {
      if (header.name().equalsIgnoreCase("Content-Type")) {
        headers.set(header.name(), header.value());
      } else if (!isFraming(header.name())) {
        headers.add(header.name(), header.value());
      }
    }
  }

  /** Fields that say where the body ends, which is for the server to know. */
  private static boolean isFraming(String name) {
    return name.equalsIgnoreCase("Content-Length") || name.equalsIgnoreCase("Transfer-Encoding");
  }

  private void linger() {
    Vertx vertx = Vertx.currentContext().owner();
    long timer = vertx.setTimer(LINGER_MILLIS, id -> request.connection().close());
    request.endHandler(v -> vertx.cancelTimer(timer));
  }
}
