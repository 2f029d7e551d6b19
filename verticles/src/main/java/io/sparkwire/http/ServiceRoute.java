package io.sparkwire.http;

import io.sparkwire.dispatch.Exchange;
import io.sparkwire.dispatch.ExchangeQueue;
import io.sparkwire.dispatch.Exchanges;
import io.sparkwire.dispatch.HandOff;
import io.sparkwire.dispatch.Responder;
import io.sparkwire.protocol.FailureCode;
import io.sparkwire.protocol.ServiceFailure;
import io.sparkwire.protocol.ServicePath;
import io.sparkwire.protocol.ServiceReply;
import io.sparkwire.protocol.ServiceRequest;
import io.sparkwire.protocol.ServiceSpec;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;

/**
 * The way in for one service on one event loop: admission, body, exchange, hand-off.
 *
 * <p>Runs on: event loop. Not thread-safe.
 */
final class ServiceRoute implements Handler<RoutingContext> {

  private final ServiceSpec spec;
  private final ExchangeQueue queue;
  private final Exchanges exchanges;
  private final InstantSource clock;
  private final HandOff handOff;
  private final boolean hasPathParams;
  private final ServiceReply overloaded;
  private final ServiceReply stopping;

  ServiceRoute(
      ServiceSpec spec,
      ExchangeQueue queue,
      Exchanges exchanges,
      HandOff handOff,
      InstantSource clock) {
    this.spec = spec;
    this.queue = queue;
    this.exchanges = exchanges;
    this.clock = clock;
    this.handOff = handOff;
    this.hasPathParams = new ServicePath(spec.path()).hasParameters();
    this.overloaded = overloaded().toReply(); // a refusal has to be cheap, so it is made once
    this.stopping = stopping().toReply();
  }

  @Override
  public void handle(RoutingContext routing) {
    HttpServerRequest http = routing.request();
    Responder responder = new ResponseWriter(http);
    if (declaredLength(http) > spec.maxBodyBytes()) {
      responder.send(bodyTooLarge().toReply());
      return;
    }
    switch (queue.admit()) {
      case ADMITTED -> receive(routing, http, queue.open(responder));
      case FULL -> responder.send(overloaded);
      case STOPPING -> responder.send(stopping);
    }
  }

  private void receive(RoutingContext routing, HttpServerRequest http, Exchange exchange) {
    Instant receivedAt = clock.instant();
    BodyCollector body = new BodyCollector(spec.maxBodyBytes());
    http.response().closeHandler(v -> exchange.abandon());
    http.response().exceptionHandler(gone -> exchange.abandon());
    http.exceptionHandler(gone -> exchange.abandon());
    http.handler(
        chunk -> {
          if (exchange.isOpen() && !body.add(chunk)) {
            exchange.answer(bodyTooLarge().toReply());
          }
        });
    http.endHandler(
        v -> {
          if (exchange.isOpen()) {
            exchange.received(request(routing, http, exchange, body.bytes(), receivedAt));
            handOff.accept(exchange);
          }
        });
  }

  private ServiceRequest request(
      RoutingContext routing,
      HttpServerRequest http,
      Exchange exchange,
      byte[] body,
      Instant receivedAt) {
    return new ServiceRequest(
        exchanges.id(exchange),
        spec.name(),
        http.method().name(),
        http.uri(),
        version(http.version()),
        http.headers(),
        hasPathParams ? Map.copyOf(routing.pathParams()) : Map.of(),
        body,
        ChronoUnit.MICROS.between(Instant.EPOCH, receivedAt));
  }

  private static String version(HttpVersion version) {
    return switch (version) {
      case HTTP_1_0 -> "HTTP/1.0";
      case HTTP_1_1 -> "HTTP/1.1";
      case HTTP_2 -> "HTTP/2";
    };
  }

  /** The length that the client announced in bytes, or -1 if it announced none. */
  private static long declaredLength(HttpServerRequest http) {
    String length = http.headers().get(HttpHeaders.CONTENT_LENGTH);
    return length == null
        ? -1
        : Long.parseLong(length); // the HTTP decoder has refused all but numbers
  }

  private ServiceFailure bodyTooLarge() {
    return ServiceFailure.of(
        FailureCode.BODY_TOO_LARGE,
        "the body may have " + spec.maxBodyBytes() + " bytes at most; send less at a time");
  }

  private ServiceFailure overloaded() {
    return ServiceFailure.of(
        FailureCode.OVERLOADED,
        "service '"
            + spec.name()
            + "' has "
            + spec.maxInFlight()
            + " requests in flight, as many as it admits; try again later");
  }

  private ServiceFailure stopping() {
    return ServiceFailure.of(
        FailureCode.UNAVAILABLE, "service '" + spec.name() + "' is stopping on this node");
  }
}
