package io.sparkwire.grpc;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.MessageLite;
import io.sparkwire.exchange.Exchange;
import io.sparkwire.exchange.Responder;
import io.sparkwire.message.FailureCode;
import io.sparkwire.message.Header;
import io.sparkwire.message.ServiceFailure;
import io.sparkwire.message.ServiceReply;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The client of one call. Its reply is a message and a status in the trailers, or a status alone.
 * Runs on: event loop.
 *
 * @param http takes the reply, once
 */
record GrpcClient(HttpServerRequest request, Responder http) {

  static final String CONTENT_TYPE = "application/grpc";
  static final String ENCODING = "grpc-encoding";

  private static final String STATUS = "grpc-status";
  private static final String MESSAGE = "grpc-message";
  private static final String GZIP = "gzip";
  private static final Header READ = new Header("grpc-accept-encoding", "identity, gzip");
  private static final byte[] NOTHING = {};
  private static final int OK = 200;
  private static final int FIRST_PRINTABLE = 0x20;
  private static final int LAST_PRINTABLE = 0x7e;

  /** Refuses what is no call, or one whose messages cannot be read; returns whether it did. */
  boolean refuses() {
    String type = request.headers().get(HttpHeaders.CONTENT_TYPE);
    if (!isGrpc(type) || request.version() != HttpVersion.HTTP_2) {
      String detail =
          "this path is served for %s over HTTP/2, got content type '%s' over %s"
              .formatted(CONTENT_TYPE, type, request.version().alpnName());
      http.send(ServiceFailure.of(FailureCode.UNSUPPORTED_MEDIA_TYPE, detail).toReply());
      return true;
    }
    String encoding = request.headers().get(ENCODING);
    if (encoding == null || encoding.equals("identity") || encoding.equals(GZIP)) {
      return false;
    }
    String detail = ENCODING + " must be identity or gzip, got '" + encoding + "'";
    fail(GrpcStatus.UNIMPLEMENTED, detail, List.of(READ), null);
    return true;
  }

  private static boolean isGrpc(String type) {
    if (type == null) {
      return false;
    }
    String lower = type.toLowerCase(Locale.ROOT);
    return lower.equals(CONTENT_TYPE)
        || lower.startsWith(CONTENT_TYPE + '+')
        || lower.startsWith(CONTENT_TYPE + ';');
  }

  /** Whether its compressed messages are those of gzip. */
  boolean sendsGzip() {
    return GZIP.equals(request.headers().get(ENCODING));
  }

  /**
   * Ends a call well.
   *
   * @param fields of the response's head
   * @param exchange null if there is none
   */
  Future<Void> send(MessageLite message, List<Header> fields, Exchange exchange) {
    return send(fields, GrpcMessages.of(message), exchange, end(GrpcStatus.OK, ""));
  }

  /** Ends a call with a failure that HTTP has a status for. */
  Future<Void> fail(ServiceReply failure, Exchange exchange) {
    String said = ServiceFailure.detail(failure).orElseGet(() -> new String(failure.body(), UTF_8));
    return fail(GrpcStatus.ofHttp(failure.status()), said, failure.headers(), exchange);
  }

  /** The same as a reply. */
  static ServiceReply refusal(ServiceReply failure) {
    List<Header> head = new ArrayList<>(failure.headers());
    String said = ServiceFailure.detail(failure).orElse("");
    head.addAll(end(GrpcStatus.ofHttp(failure.status()), said));
    return new ServiceReply(OK, CONTENT_TYPE, head, NOTHING);
  }

  Future<Void> fail(GrpcStatus status, String detail) {
    return fail(status, detail, List.of(), null);
  }

  /** Without a message, all is in the response's head. */
  private Future<Void> fail(
      GrpcStatus status, String detail, List<Header> fields, Exchange exchange) {
    List<Header> head = new ArrayList<>(fields);
    head.addAll(end(status, detail));
    return send(head, NOTHING, exchange, List.of());
  }

  private Future<Void> send(
      List<Header> head, byte[] body, Exchange exchange, List<Header> trailers) {
    return isGone()
        ? Future.succeededFuture()
        : http.send(new ServiceReply(OK, CONTENT_TYPE, head, body), exchange, trailers);
  }

  /** Whether there is nothing to send a reply to. */
  boolean isGone() {
    return request.response().closed() || request.response().ended();
  }

  /** Has something done if the client cancels the call, or its connection ends. */
  void whenGone(Runnable action) {
    request.response().closeHandler(v -> action.run());
    request.response().exceptionHandler(e -> action.run());
    request.exceptionHandler(e -> action.run());
  }

  /** The fields that say how a call has ended: trailers, or in the head if nothing follows it. */
  static List<Header> end(GrpcStatus status, String detail) {
    Header number = new Header(STATUS, status.number());
    return detail.isEmpty()
        ? List.of(number)
        : List.of(number, new Header(MESSAGE, percentEncoded(detail)));
  }

  private static String percentEncoded(String text) {
    StringBuilder encoded = new StringBuilder();
    for (byte b : text.getBytes(UTF_8)) {
      boolean isPlain = b >= FIRST_PRINTABLE && b <= LAST_PRINTABLE && b != '%';
      encoded.append(isPlain ? "" + (char) b : "%%%02X".formatted(b));
    }
    return encoded.toString();
  }
}
