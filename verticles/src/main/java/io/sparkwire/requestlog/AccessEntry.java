package io.sparkwire.requestlog;

import io.sparkwire.access.KnownRequest;
import io.sparkwire.auth.Principal;
import io.sparkwire.connection.Connection;
import io.sparkwire.exchange.Exchange;
import io.sparkwire.framing.ProtocolName;
import io.sparkwire.message.FailureCode;
import io.sparkwire.message.RequestId;
import io.sparkwire.message.RequestName;
import io.sparkwire.message.ServiceReply;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.SocketAddress;

/**
 * One request, followed to the end of its response, and then one line of the access log.
 *
 * <p>It is the handler of that end, in the place of its connection, which it tells. What it says of
 * the request is valid while its line is written. Runs on: event loop.
 */
final class AccessEntry implements Handler<Void> {

  /** The status of a request whose client has left before its response, as in other servers. */
  static final int CLIENT_LEFT = 499;

  private static final long NANOS_PER_MICRO = 1_000;
  private static final CharSequence VERSION = HttpHeaders.createOptimized(ServiceReply.VERSION);

  private final LoopLines lines;
  private final long began;

  /** Null when its response has ended, as is the exchange. */
  private HttpServerRequest http;

  private Exchange exchange;
  private String service;
  private FailureCode failure;
  private long totalMicros;

  /**
   * @param began by the clock of the log
   */
  AccessEntry(LoopLines lines, HttpServerRequest http, long began) {
    this.lines = lines;
    this.http = http;
    this.began = began;
  }

  AccessEntry of(Exchange known) {
    exchange = known;
    service = known.service().spec().name();
    return this;
  }

  AccessEntry of(String known) {
    service = known;
    return this;
  }

  AccessEntry failed(FailureCode code) {
    failure = code;
    return this;
  }

  /** Whether it follows that request, which has not ended. */
  boolean isOf(HttpServerRequest request) {
    return http == request;
  }

  /** Follows it from now on, and what followed it before does not. */
  void follow() {
    HttpServerResponse response = http.response();
    if (!response.ended()) {
      response.endHandler(this);
    }
  }

  @Override
  public void handle(Void end) {
    boolean malformed = http.decoderResult().isFailure(); // its connection does not know of it
    if (!malformed) {
      Connection.of(http).handle(null);
    }
    totalMicros = (lines.nanoTime() - began) / NANOS_PER_MICRO;
    lines.add(this);
    http = null;
    exchange = null;
  }

  /** When it arrived, in milliseconds since 1970-01-01T00:00:00Z. */
  long beganMillis() {
    return lines.millis() - totalMicros / NANOS_PER_MICRO;
  }

  /** From its arrival to the end of its response. */
  long totalMicros() {
    return totalMicros;
  }

  /** Null if no exchange was opened for it. */
  RequestId id() {
    return exchange == null ? null : exchange.id();
  }

  /** What its response calls it; null if that has no name for it. */
  String requestId() {
    return http.response().headers().get(RequestName.FIELD);
  }

  /** Null if it has reached none. */
  String service() {
    return service;
  }

  /** That of what replied; null if that has none. */
  String version() {
    return http.response().headers().get(VERSION);
  }

  /** The address of its client; null if that is not known. */
  String remote() {
    SocketAddress address = http.remoteAddress();
    return address == null ? null : address.hostAddress();
  }

  /** Null if its client has no name. */
  String principal() {
    return KnownRequest.principal(http)
        .map(Principal::name)
        .filter(name -> !name.isEmpty())
        .orElse(null);
  }

  String method() {
    return http.method().name();
  }

  /** Its target. */
  String uri() {
    return http.uri();
  }

  /** The target without its query. */
  String path() {
    String uri = http.uri();
    int query = uri.indexOf('?');
    return query < 0 ? uri : uri.substring(0, query);
  }

  String protocol() {
    return ProtocolName.of(http.version());
  }

  /** One of its header fields; null if it does not have that. */
  String field(CharSequence name) {
    return http.headers().get(name);
  }

  /** That of its response, or {@link #CLIENT_LEFT}. */
  int status() {
    HttpServerResponse response = http.response();
    return response.ended() ? response.getStatusCode() : CLIENT_LEFT;
  }

  /** The name of its failure, as at the end of its type; null if it has none. */
  String failure() {
    return JsonWriter.name(failure);
  }

  /** Of the body of its response, as far as that was written. */
  long bytes() {
    return http.response().bytesWritten();
  }

  /** What readers did for it. */
  ComputedBy computed() {
    return ComputedBy.of(exchange == null ? null : exchange.times(), lines.node());
  }
}
