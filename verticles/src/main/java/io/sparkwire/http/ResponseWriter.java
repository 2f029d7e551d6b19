package io.sparkwire.http;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.Http2Error;
import io.sparkwire.exchange.Exchange;
import io.sparkwire.exchange.Responder;
import io.sparkwire.framing.StrictHttp;
import io.sparkwire.message.FailureCode;
import io.sparkwire.message.Header;
import io.sparkwire.message.ResponseOptions;
import io.sparkwire.message.ServiceFailure;
import io.sparkwire.message.ServiceReply;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.internal.buffer.BufferInternal;
import java.util.List;

/**
 * Writes one reply to one HTTP response. Runs on: event loop.
 *
 * <p>A reply may be there before the client has sent all of its request. In HTTP/2, the stream is
 * reset after the reply, and no other stream notices. In HTTP/1, the rest is read and thrown away
 * for a while, because closing at once would make the client lose the reply; unless the client
 * waits to be asked for its body, otherwise that body could not be distinguished from the next
 * request.
 */
record ResponseWriter(HttpServerRequest request, LoopResponses loop, ResponseOptions options)
    implements Responder {

  private static final long LINGER_MILLIS = 1_000;
  private static final CharSequence SERVER_TIMING = HttpHeaders.createOptimized("server-timing");

  @Override
  public Future<Void> send(ServiceReply reply) {
    return send(reply, null);
  }

  @Override
  public Future<Void> send(ServiceReply reply, Exchange exchange) {
    return send(reply, exchange, List.of());
  }

  @Override
  public Future<Void> send(ServiceReply reply, Exchange exchange, List<Header> trailers) {
    if (isOver()) {
      return Future.succeededFuture();
    }
    ServiceReply sent = writeHead(reply, RequestNames.of(request, options, loop, exchange));
    Future<Void> written =
        sent.body().length > options.compressAbove() && sent.hasBody()
            ? writeCompressed(sent, exchange)
            : write(body(sent), exchange, trailers);
    if (!written.isComplete()) {
      loop.unread().add(request, sent.body().length, written);
    }
    return written;
  }

  private boolean isOver() {
    return request.response().closed() || request.response().ended();
  }

  /** The body of a reply as it is; null if it has none. */
  private static Buffer body(ServiceReply reply) {
    return reply.hasBody() ? BufferInternal.buffer(Unpooled.wrappedBuffer(reply.body())) : null;
  }

  /**
   * Writes a large body, compressed if the client accepts that. Compression may take long, so it
   * does not run on the event loop.
   */
  private Future<Void> writeCompressed(ServiceReply reply, Exchange exchange) {
    MultiMap fields = request.response().headers();
    if (!GzipReplies.suit(fields)) {
      return write(body(reply), exchange, List.of());
    }
    fields.add(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING);
    if (!GzipReplies.areAccepted(request.headers())) {
      return write(body(reply), exchange, List.of());
    }
    return Vertx.currentContext()
        .executeBlocking(() -> GzipReplies.compress(reply.body()), false)
        .otherwise(e -> body(reply)) // as the node stops
        .compose(compressed -> writeSmaller(reply, compressed, exchange));
  }

  private Future<Void> writeSmaller(ServiceReply reply, Buffer compressed, Exchange exchange) {
    if (isOver()) { // the client has left meanwhile
      return Future.succeededFuture();
    }
    if (compressed.length() >= reply.body().length) {
      return write(body(reply), exchange, List.of());
    }
    GzipReplies.mark(request.response().headers());
    return write(compressed, exchange, List.of());
  }

  private Future<Void> write(Buffer body, Exchange exchange, List<Header> trailers) {
    HttpServerResponse response = request.response();
    boolean early = !request.isEnded();
    if (early && mayKeepItsBody()) {
      response.putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
    }
    if (options.serverTiming() && exchange != null) {
      response.putHeader(SERVER_TIMING, exchange.serverTiming());
    }
    boolean plain = body == null || trailers.isEmpty();
    Future<Void> written = plain ? end(body) : end(body, trailers);
    if (early) {
      leave(written);
    }
    return written;
  }

  private Future<Void> end(Buffer body) {
    return body == null ? request.response().end() : StrictHttp.end(request, body);
  }

  private Future<Void> end(Buffer body, List<Header> trailers) {
    return StrictHttp.end(request, request.response().write(body), trailers);
  }

  /**
   * Writes the head of this reply, or of a failure if HTTP cannot carry its header fields.
   *
   * @param id the name of the request for its client; null if it gets none
   */
  private ServiceReply writeHead(ServiceReply reply, String id) {
    HttpServerResponse response = request.response();
    ServiceReply sent = reply;
    String wrong = ReplyFields.write(response, reply);
    if (wrong != null) { // only the pipeline's fields can be wrong
      response.headers().clear();
      sent = ServiceFailure.of(FailureCode.PIPELINE_FAILED, wrong).toReply();
      ReplyFields.write(response, sent);
    }
    response.setStatusCode(sent.status());
    return id == null ? sent : RequestNames.write(response, sent, id);
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
