package io.sparkwire.framing;

import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http2.Http2Error;
import io.sparkwire.cluster.AcceptRule;
import io.sparkwire.connection.Connection;
import io.sparkwire.connection.Connections;
import io.sparkwire.message.Header;
import io.sparkwire.message.ServiceFailure;
import io.sparkwire.message.ServiceReply;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.impl.ConnectionBase;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/**
 * The factory of HTTP servers that answer malformed bytes with the reason, and pass only requests
 * on.
 *
 * <p>Stateless. A client's fault is not logged.
 */
public final class StrictHttp {

  /** How long trailers wait before the stream is asked again whether it takes them. */
  private static final long UNWRITABLE_MILLIS = 10;

  private StrictHttp() {}

  /** The rule that the listener of such a server must follow. */
  public static AcceptRule rule(HttpServerOptions options, Connections connections) {
    return connection -> {
      if (!connections.accept(connection)) {
        return false;
      }
      if (!options.isSsl()) { // where ALPN says what is spoken, before there is anything to decode
        connection.pipeline().addLast(new FirstBytes(options));
      }
      return true;
    };
  }

  /**
   * A server of which {@code next} gets every request that is one.
   *
   * @param connections the budget that they are counted in
   * @param malformed is told of the other requests, and of what they get
   */
  public static HttpServer server(
      Vertx vertx,
      HttpServerOptions options,
      Connections connections,
      Handler<HttpServerRequest> next,
      BiConsumer<HttpServerRequest, ServiceReply> malformed) {
    return vertx
        .createHttpServer(options)
        .connectionHandler(
            connection -> {
              if (options.isSsl()) {
                beStrict(connection, options);
              }
              MethodCheck.of(connection);
              connections.established(connection);
            })
        .requestHandler(connections.following(request -> handle(request, next, malformed)))
        .invalidRequestHandler(request -> refuse(request, malformed));
  }

  private static void beStrict(HttpConnection connection, HttpServerOptions options) {
    ChannelPipeline pipeline = ((ConnectionBase) connection).channel().pipeline();
    if (StrictHandlers.areNeeded(pipeline)) {
      StrictHandlers.install(pipeline, options);
    }
  }

  private static void handle(
      HttpServerRequest request,
      Handler<HttpServerRequest> next,
      BiConsumer<HttpServerRequest, ServiceReply> malformed) {
    if (request.version() == HttpVersion.HTTP_2) {
      try {
        Http2Heads.check(request);
      } catch (MalformedRequestException e) {
        answer(request, e.failure(), malformed)
            .onComplete(sent -> request.response().reset(protocolError()));
        return;
      }
    }
    next.handle(request);
  }

  private static long protocolError() {
    return Http2Error.PROTOCOL_ERROR.code();
  }

  /** Answers a head that is no request; the connection is closed after that. */
  private static void refuse(
      HttpServerRequest request, BiConsumer<HttpServerRequest, ServiceReply> malformed) {
    Throwable cause = request.decoderResult().cause();
    answer(request, MalformedRequestException.ofHead(cause).failure(), malformed);
  }

  /** Answers a request with a problem document. */
  public static Future<Void> answer(HttpServerRequest request, ServiceFailure failure) {
    return answer(request, failure, (asked, reply) -> {});
  }

  private static Future<Void> answer(
      HttpServerRequest request,
      ServiceFailure failure,
      BiConsumer<HttpServerRequest, ServiceReply> before) {
    ServiceReply problem = failure.toReply();
    before.accept(request, problem);
    HttpServerResponse response = request.response().setStatusCode(problem.status());
    response.putHeader(HttpHeaders.CONTENT_TYPE, problem.contentType());
    return end(request, Buffer.buffer(problem.body()));
  }

  /** Ends a response; one to HEAD has only the length of its body, in all versions of HTTP. */
  public static Future<Void> end(HttpServerRequest request, Buffer body) {
    HttpServerResponse response = request.response();
    if (!request.method().equals(HttpMethod.HEAD)) {
      return body.length() == 0 ? response.end() : response.end(body); // without an empty frame
    }
    response.putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(body.length()));
    return response.end();
  }

  /**
   * Ends a response of HTTP/2 with fields after its body.
   *
   * <p>They are written once the body has been, and the stream takes more: if they wait in its
   * queue when it ends, Vert.x throws an error of its own.
   *
   * @param body completes when it has been written
   * @return completes when all has been written, or when the stream has ended
   */
  public static Future<Void> end(
      HttpServerRequest request, Future<Void> body, List<Header> trailers) {
    return body.compose(written -> end(request, trailers));
  }

  private static Future<Void> end(HttpServerRequest request, List<Header> trailers) {
    HttpServerResponse response = request.response();
    if (response.closed()) {
      return Future.succeededFuture();
    }
    if (!Connection.of(request).isWritable(response.streamId())) {
      return Vertx.currentContext()
          .owner()
          .timer(UNWRITABLE_MILLIS, TimeUnit.MILLISECONDS)
          .compose(later -> end(request, trailers));
    }
    trailers.forEach(field -> response.putTrailer(field.name(), field.value()));
    return response.end();
  }
}
