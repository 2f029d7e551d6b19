package io.sparkwire.tracing;

import io.sparkwire.exchange.ComputeTimes;
import io.sparkwire.exchange.Exchange;
import io.sparkwire.exchange.ExchangeObserver;
import io.sparkwire.exchange.ServiceObserver;
import io.sparkwire.message.ServiceReply;
import io.sparkwire.message.ServiceRequest;
import io.sparkwire.message.ServiceSpec;
import io.vertx.core.http.HttpServerRequest;
import java.util.function.LongSupplier;

/** Traces the requests of one service on this node. Thread-safe. */
final class TracedService implements ServiceObserver, ExchangeObserver {

  private final String name;
  private final String route;
  private final TracedRequests requests;
  private final ComputeSpans computed;
  private final Spans spans;

  TracedService(ServiceSpec spec, TracedRequests requests, ComputeSpans computed) {
    this.name = spec.name();
    this.route = spec.route().path();
    this.requests = requests;
    this.computed = computed;
    this.spans = requests.spans();
  }

  @Override
  public ExchangeObserver exchanges() {
    return this;
  }

  @Override
  public void opened(Exchange exchange) {
    HttpServerRequest http = exchange.http();
    if (http == null) { // a second exchange of one request, whose fields name its spans
      return;
    }
    TracedRequests.Begun begun = requests.begin(http, route, exchange.openedNanos());
    if (begun != null) {
      begun.span().setAttribute(Attribute.SERVICE, name);
      begun.span().setAttribute(Attribute.REQUEST, exchange.id().toString());
      String span = begun.span().getSpanContext().getSpanId();
      SpanIds ids = SpanIds.choose(begun.trace(), span, spans.random());
      exchange.follow(new TracedExchange(spans, begun.span(), ids, begun.offset()));
    }
  }

  @Override
  public void answered(Exchange exchange, LongSupplier nanoTime) {
    if (exchange.trace() instanceof TracedExchange traced) {
      traced.answered(exchange);
    } else if (exchange.http() == null) {
      detachedEnded(exchange);
    }
  }

  @Override
  public void expired(Exchange exchange, LongSupplier nanoTime) {
    answered(exchange, nanoTime);
  }

  @Override
  public void abandoned(Exchange exchange, LongSupplier nanoTime) {
    if (exchange.trace() instanceof TracedExchange traced) {
      traced.abandoned(exchange);
    }
  }

  private void detachedEnded(Exchange exchange) {
    SpanIds ids = SpanIds.read(exchange.request().headers());
    if (ids != null) {
      long now = spans.nanoTime().getAsLong();
      HandOffSpan.make(spans, ids, exchange.times(), spans.offset(), now);
    }
  }

  @Override
  public void refused(HttpServerRequest request, ServiceReply reply) {
    requests.refused(request, route, reply, name);
  }

  @Override
  public void computed(ServiceRequest request, ComputeTimes times, ServiceReply reply) {
    computed.make(request, times, reply);
  }
}
