package io.sparkwire.tracing;

import io.opentelemetry.api.trace.Span;
import io.sparkwire.exchange.ExchangeTimes;
import java.util.concurrent.TimeUnit;

/** Makes the span of a hand-off to another node. Stateless. */
final class HandOffSpan {

  private HandOffSpan() {}

  /**
   * Makes it, if another node had the request last.
   *
   * @param offset from the clock of exchanges to the time of day
   * @param until when its reply was back, or it has ended without one
   */
  static void make(Spans spans, SpanIds ids, ExchangeTimes times, long offset, long until) {
    if (times.worker() == null || times.handedOff() == 0) {
      return;
    }
    Span span =
        spans.part(
            "hand-off", ids.handOff(), ids.trace().span(ids.request()), times.handedOff() + offset);
    span.setAttribute(Attribute.WORKER, times.worker().text());
    span.end(until + offset, TimeUnit.NANOSECONDS);
  }
}
