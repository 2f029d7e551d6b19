package io.sparkwire.requestlog;

import io.sparkwire.access.KnownRequest;
import io.sparkwire.auth.Principal;
import io.sparkwire.connection.Connection;
import io.sparkwire.exchange.Exchange;
import io.sparkwire.exchange.ExchangeTimes;
import io.sparkwire.framing.ProtocolName;
import io.sparkwire.message.FailureCode;
import io.sparkwire.message.RequestId;
import io.sparkwire.message.RequestName;
import io.sparkwire.message.ServiceReply;
import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.SocketAddress;

/**
 * One request, followed to the end of its response, and then one line of the access log.
 *
 * <p>It is the handler of that end, in the place of its connection, which it tells. Runs on: event
 * loop.
 */
final class AccessEntry implements Handler<Void> {

  /** The status of a request whose client has left before its response, as in other servers. */
  static final int CLIENT_LEFT = 499;

  private static final long NANOS_PER_MICRO = 1_000;
  private static final CharSequence VERSION = HttpHeaders.createOptimized(ServiceReply.VERSION);

  private final AccessLog log;
  private final long began;

  /** Null when its response has ended, as is the exchange. */
  private HttpServerRequest http;

  private Exchange exchange;
  String service;
  FailureCode failure;

  long endedMillis;
  long totalMicros;
  RequestId id;
  String requestId;
  String version;
  HttpMethod method;
  String uri;
  String protocol;
  SocketAddress remote;
  String principal;
  int status;
  long bytes;
  ExchangeTimes times;
  String referer;
  String userAgent;

  /**
   * @param began by the clock of the log
   */
  AccessEntry(AccessLog log, HttpServerRequest http, long began) {
    this.log = log;
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
    noteResponse(http.response());
    noteRequest();
    if (exchange != null) {
      id = exchange.id();
      times = exchange.times();
    }
    endedMillis = log.millis();
    totalMicros = (log.nanoTime() - began) / NANOS_PER_MICRO;
    http = null;
    exchange = null;
    log.add(this);
  }

  private void noteResponse(HttpServerResponse response) {
    status = response.ended() ? response.getStatusCode() : CLIENT_LEFT;
    bytes = response.bytesWritten();
    MultiMap fields = response.headers();
    requestId = fields.get(RequestName.FIELD);
    version = fields.get(VERSION);
  }

  private void noteRequest() {
    method = http.method();
    uri = http.uri();
    protocol = ProtocolName.of(http.version());
    remote = http.remoteAddress();
    principal =
        KnownRequest.principal(http)
            .map(Principal::name)
            .filter(name -> !name.isEmpty())
            .orElse(null);
    if (log.hasUserAgents()) {
      referer = http.headers().get(HttpHeaders.REFERER);
      userAgent = http.headers().get(HttpHeaders.USER_AGENT);
    }
  }

  /** The target of the request without its query. */
  String path() {
    int query = uri.indexOf('?');
    return query < 0 ? uri : uri.substring(0, query);
  }

  /** When it arrived, in milliseconds since 1970-01-01T00:00:00Z. */
  long beganMillis() {
    return endedMillis - totalMicros / NANOS_PER_MICRO;
  }

  /** What readers did for it. */
  ComputedBy computed() {
    return ComputedBy.of(times, log.node());
  }
}
