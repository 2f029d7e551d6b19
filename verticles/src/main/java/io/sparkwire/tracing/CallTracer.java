package io.sparkwire.tracing;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.vertx.core.MultiMap;

/**
 * Passes the traces of requests on to the services that their pipelines call, and makes the spans
 * of these calls if the requests are sampled. Thread-safe.
 */
public final class CallTracer {

  /** Makes no spans, and passes traces on as they are. */
  public static final CallTracer PASSING = new CallTracer(null, null);

  private final Spans spans;
  private final FirstSampler sampler;

  CallTracer(Spans spans, FirstSampler sampler) {
    this.spans = spans;
    this.sampler = sampler;
  }

  /**
   * The trace of a request, as the calls for it know it.
   *
   * @param headers of the request
   */
  public CallTrace of(MultiMap headers) {
    String traceparent = headers.get(Traceparent.NAME);
    if (!Traceparent.isValid(traceparent)) {
      return CallTrace.NONE;
    }
    if (spans != null && Traceparent.isSampled(traceparent) && sampler.samples(traceparent)) {
      SpanContext parent = HeaderFields.read(headers);
      return call -> begin(parent, call);
    }
    return call -> fields -> pass(headers, fields);
  }

  private static void pass(MultiMap headers, MultiMap fields) {
    fields.set(Traceparent.NAME, headers.get(Traceparent.NAME));
    String state = headers.get(SpanIds.STATE);
    if (state != null) {
      fields.set(SpanIds.STATE, state);
    }
  }

  private CallSpan begin(SpanContext parent, CallTrace.Sent call) {
    SpanIds.Trace trace = SpanIds.Trace.of(parent); // without what only our nodes need
    String method = HttpSpan.method(call.method());
    long offset = spans.offset();
    Span span =
        spans.begin(
            method,
            SpanKind.CLIENT,
            trace.span(spans.newId()),
            trace.remoteSpan(parent.getSpanId()),
            spans.nanoTime().getAsLong() + offset);
    span.setAttribute(Attribute.METHOD, method);
    span.setAttribute(Attribute.URL, call.url());
    span.setAttribute(Attribute.SERVER, call.host());
    span.setAttribute(Attribute.SERVER_PORT, call.port());
    if (call.before() > 0) {
      span.setAttribute(Attribute.RESENT, call.before());
    }
    return new TracedCall(span, spans.nanoTime(), offset);
  }
}
