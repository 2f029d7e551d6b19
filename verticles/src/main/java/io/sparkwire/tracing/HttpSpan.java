package io.sparkwire.tracing;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.sparkwire.message.FailureCode;
import io.sparkwire.message.ServiceFailure;
import io.sparkwire.message.ServiceReply;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.Set;

/**
 * What spans say of HTTP requests and their replies, by OpenTelemetry's semantic conventions. Query
 * and body of a request are no part of it: they may hold what is secret. Stateless.
 */
final class HttpSpan {

  /** Any other is named so. */
  static final String OTHER = "_OTHER";

  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH");

  private static final int FIRST_ERROR = 500;

  private HttpSpan() {}

  /** Its method, as names of spans and attributes have it. */
  static String method(String method) {
    return METHODS.contains(method) ? method : OTHER;
  }

  /** Says what a client asks for. */
  static void ask(Span span, HttpServerRequest request) {
    String method = request.method().name();
    span.setAttribute(Attribute.METHOD, method(method));
    if (method(method).equals(OTHER)) {
      span.setAttribute(Attribute.ORIGINAL_METHOD, method);
    }
    span.setAttribute(Attribute.SCHEME, request.scheme());
    span.setAttribute(Attribute.PATH, request.path());
    span.setAttribute(Attribute.PROTOCOL, version(request.version()));
  }

  private static String version(HttpVersion version) {
    return switch (version) {
      case HTTP_1_0 -> "1.0";
      case HTTP_1_1 -> "1.1";
      case HTTP_2 -> "2";
    };
  }

  /** Says what a client gets. A status of 500 or more is an error. */
  static void answer(Span span, ServiceReply reply) {
    span.setAttribute(Attribute.STATUS, reply.status());
    String version = reply.version();
    if (version != null) {
      span.setAttribute(Attribute.VERSION, version);
    }
    FailureCode failure = ServiceFailure.code(reply);
    if (failure != null) {
      span.setAttribute(Attribute.ERROR, failure.key());
    }
    if (reply.status() >= FIRST_ERROR) {
      span.setStatus(StatusCode.ERROR);
      if (failure == null) {
        span.setAttribute(Attribute.ERROR, Integer.toString(reply.status()));
      }
    }
  }
}
