package io.sparkwire.http;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.Http2Error;
import io.sparkwire.connection.UnreadReplies;
import io.sparkwire.exchange.Responder;
import io.sparkwire.framing.StrictHttp;
import io.sparkwire.message.FailureCode;
import io.sparkwire.message.ServiceFailure;
import io.sparkwire.message.ServiceReply;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.internal.buffer.BufferInternal;

/**
 * Writes one reply to one HTTP response. Runs on: event loop.
 *
 * <p>A reply may be there before the client has sent all of its request. In HTTP/2, the stream is
 * reset after the reply, and no other stream notices. In HTTP/1, the rest is read and thrown away
 * for a while, because closing at once would make the client lose the reply; unless the client
 * waits to be asked for its body, otherwise that body could not be distinguished from the next
 * request.
 */
record ResponseWriter(HttpServerRequest request, UnreadReplies unread) implements Responder {

  private static final long LINGER_MILLIS = 1_000;

  @Override
  public Future<Void> send(ServiceReply reply) {
    HttpServerResponse response = request.response();
    if (response.closed() || response.ended()) {
      return Future.succeededFuture();
    }
    boolean early = !request.isEnded();
    ServiceReply sent = writeHead(response, reply);
    if (early && mayKeepItsBody()) {
      response.putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
    }
    Future<Void> written =
        sent.hasBody()
            ? StrictHttp.end(request, BufferInternal.buffer(Unpooled.wrappedBuffer(sent.body())))
            : response.end();
    if (!written.isComplete()) {
      unread.add(request, sent.body().length, written);
    }
    if (early) {
      leave(written);
    }
    return written;
  }

  /** Writes the head of this reply, or of a failure if HTTP cannot carry its header fields. */
  private static ServiceReply writeHead(HttpServerResponse response, ServiceReply reply) {
    ServiceReply sent = reply;
    String wrong = ReplyFields.write(response, reply);
    if (wrong != null) { // only the pipeline's fields can be wrong
      response.headers().clear();
      sent = ServiceFailure.of(FailureCode.PIPELINE_FAILED, wrong).toReply();
      ReplyFields.write(response, sent);
    }
    response.setStatusCode(sent.status());
    return sent;
  }

  private boolean isHttp2() {
    return request.version() == HttpVersion.HTTP_2;
  }

  private boolean mayKeepItsBody() {
    return !isHttp2() && request.headers().contains(HttpHeaders.EXPECT);
  }

  private void leave(Future<Void> written) {
    if (isHttp2()) {
      written.onSuccess(sent -> request.response().reset(Http2Error.NO_ERROR.code()));
    } else if (mayKeepItsBody()) {
      written.onComplete(sent -> request.connection().close());
    } else {
      linger();
    }
  }

  private void linger() {
    Vertx vertx = Vertx.currentContext().owner();
    long timer = vertx.setTimer(LINGER_MILLIS, id -> request.connection().close());
    request.endHandler(v -> vertx.cancelTimer(timer));
  }
}
