package io.sparkwire.tracing;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.sparkwire.exchange.Exchange;
import io.sparkwire.exchange.ExchangeTimes;
import io.sparkwire.exchange.ExchangeTrace;
import io.sparkwire.message.ServiceRequest;
import java.util.concurrent.TimeUnit;

/**
 * The trace of one sampled exchange: the span of its request, and those of the hand-off and the
 * reply.
 *
 * <p>Runs on: the event loop of the exchange. Not thread-safe.
 */
final class TracedExchange implements ExchangeTrace {

  private static final String GONE = "client-gone";

  private final Spans spans;
  private final Span request;
  private final SpanIds ids;
  private final long offset;
  private long answered;

  /**
   * @param request its span, which has begun
   * @param offset from the clock of exchanges to the time of day
   */
  TracedExchange(Spans spans, Span request, SpanIds ids, long offset) {
    this.spans = spans;
    this.request = request;
    this.ids = ids;
    this.offset = offset;
  }

  @Override
  public String traceId() {
    return ids.trace().id();
  }

  /** Whether another service has asked for it or not, its pipeline is told of our own spans. */
  @Override
  public void received(ServiceRequest whole) {
    ids.write(whole.headers());
  }

  /** It has a reply, which is written next. */
  void answered(Exchange exchange) {
    ExchangeTimes times = exchange.times();
    answered = times.answered();
    HttpSpan.answer(request, exchange.reply());
    handedOff(times, answered);
  }

  /** Its client has left before it had a reply. */
  void abandoned(Exchange exchange) {
    long now = spans.nanoTime().getAsLong();
    handedOff(exchange.times(), now);
    request.setAttribute(Attribute.ERROR, GONE);
    end(request, now);
  }

  private void handedOff(ExchangeTimes times, long until) {
    HandOffSpan.make(spans, ids, times, offset, until);
  }

  @Override
  public void written(boolean complete) {
    long now = spans.nanoTime().getAsLong();
    SpanContext parent = request.getSpanContext();
    Span reply = spans.part("reply", parent, answered + offset);
    if (!complete) {
      reply.setAttribute(Attribute.ERROR, GONE);
      request.setAttribute(Attribute.ERROR, GONE);
    }
    end(reply, now);
    end(request, now);
  }

  private void end(Span span, long nanos) {
    span.end(nanos + offset, TimeUnit.NANOSECONDS);
  }
}
