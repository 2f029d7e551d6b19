package io.sparkwire.tracing;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Makes the spans of one node, of times that were read before. Thread-safe.
 *
 * @param ids of the same SDK as the tracer
 * @param random for ids of spans
 * @param nanoTime the clock of exchanges
 * @param epochNanos the time of day, in nanoseconds since 1970-01-01T00:00:00Z
 */
record Spans(
    Tracer tracer,
    ChosenIds ids,
    LongSupplier random,
    LongSupplier nanoTime,
    LongSupplier epochNanos) {

  /**
   * Begins a span.
   *
   * @param span its context; what it has of the trace counts only without a parent
   * @param parent null if there is none
   * @param startNanos since 1970
   */
  Span begin(String name, SpanKind kind, SpanContext span, SpanContext parent, long startNanos) {
    Context context = parent == null ? Context.root() : Context.root().with(Span.wrap(parent));
    ids.choose(span.getTraceId(), span.getSpanId());
    try {
      return tracer
          .spanBuilder(name)
          .setParent(context)
          .setSpanKind(kind)
          .setStartTimestamp(startNanos, TimeUnit.NANOSECONDS)
          .startSpan();
    } finally {
      ids.clear();
    }
  }

  /** Begins the span of a part of a request's way through this node, under an id by chance. */
  Span part(String name, SpanContext parent, long startNanos) {
    return part(name, newId(), parent, startNanos);
  }

  /** The same under that id. */
  Span part(String name, String id, SpanContext parent, long startNanos) {
    SpanContext span =
        SpanContext.create(parent.getTraceId(), id, parent.getTraceFlags(), parent.getTraceState());
    return begin(name, SpanKind.INTERNAL, span, parent, startNanos);
  }

  /** An id for a span. */
  String newId() {
    return SpanIds.spanId(random);
  }

  /**
   * What must be added to a reading of {@link #nanoTime} for the time of day. Read once for each
   * request and node, so that the spans of a request add up however the clock of day is set.
   */
  long offset() {
    return epochNanos.getAsLong() - nanoTime.getAsLong();
  }
}
