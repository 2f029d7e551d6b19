package io.sparkwire.tracing;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.vertx.core.MultiMap;

/** Trace contexts in header fields, as W3C Trace Context has them. Stateless. */
final class HeaderFields {

  private static final W3CTraceContextPropagator W3C = W3CTraceContextPropagator.getInstance();

  private static final TextMapGetter<MultiMap> GETTER = MultiMap::get;

  private HeaderFields() {}

  /** The span of the caller; invalid if there is none. */
  static SpanContext read(MultiMap headers) {
    return Span.fromContext(W3C.extract(Context.root(), headers, GETTER)).getSpanContext();
  }

  /** Names a span in the place of the one that is named there. */
  static void write(SpanContext span, MultiMap headers) {
    W3C.inject(Context.root().with(Span.wrap(span)), headers, MultiMap::set);
  }
}
