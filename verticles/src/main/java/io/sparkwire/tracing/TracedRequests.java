package io.sparkwire.tracing;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceId;
import io.opentelemetry.api.trace.TraceState;
import io.sparkwire.message.ServiceReply;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import java.util.concurrent.TimeUnit;

/**
 * Begins the spans of requests that are sampled. For others, it allocates nothing.
 *
 * <p>Runs on: event loop. Thread-safe.
 */
record TracedRequests(Spans spans, FirstSampler sampler) {

  /**
   * A request that is sampled.
   *
   * @param span of the request
   * @param offset from the clock of exchanges to the time of day
   */
  record Begun(Span span, SpanIds.Trace trace, long offset) {}

  /**
   * Begins the span of a request, if it is sampled.
   *
   * @param route that it has taken; null if there is none
   * @param nanos when its head had arrived
   * @return null if it is not
   */
  Begun begin(HttpServerRequest request, String route, long nanos) {
    String caller = request.headers().get(Traceparent.NAME);
    if (!Traceparent.isValid(caller)) {
      long low = spans.random().getAsLong();
      return sampler.samples(low) ? begin(request, route, nanos, root(low), null) : null;
    }
    if (sampler.samples(caller)) {
      SpanContext parent = HeaderFields.read(request.headers());
      return begin(request, route, nanos, parent, parent);
    }
    if (Traceparent.isSampled(caller)) {
      request.headers().set(Traceparent.NAME, Traceparent.unsampled(caller));
    }
    return null;
  }

  private SpanContext root(long low) {
    long high = spans.random().getAsLong();
    String trace = TraceId.fromLongs(high == 0 ? 1 : high, low);
    return SpanContext.create(
        trace, spans.newId(), TraceFlags.getSampled(), TraceState.getDefault());
  }

  private Begun begin(
      HttpServerRequest request, String route, long nanos, SpanContext trace, SpanContext parent) {
    long offset = spans.offset();
    String method = HttpSpan.method(request.method().name());
    String name = route == null ? method : method + " " + route;
    SpanContext own =
        SpanContext.create(
            trace.getTraceId(), spans.newId(), trace.getTraceFlags(), trace.getTraceState());
    Span span = spans.begin(name, SpanKind.SERVER, own, parent, nanos + offset);
    if (!span.isRecording()) { // a sampler of its own has decided otherwise
      span.end();
      unsample(request.headers());
      return null;
    }
    HttpSpan.ask(span, request);
    if (route != null) {
      span.setAttribute(Attribute.ROUTE, route);
    }
    return new Begun(span, SpanIds.Trace.of(span.getSpanContext()), offset);
  }

  private static void unsample(MultiMap headers) {
    String caller = headers.get(Traceparent.NAME);
    if (Traceparent.isValid(caller)) {
      headers.set(Traceparent.NAME, Traceparent.unsampled(caller));
    }
  }

  /**
   * Makes the span of a request that is answered as soon as its head has arrived, if it is sampled.
   *
   * @param route null if it has taken none
   * @param service null if it has reached none
   */
  void refused(HttpServerRequest request, String route, ServiceReply reply, String service) {
    long now = spans.nanoTime().getAsLong();
    Begun begun = begin(request, route, now);
    if (begun != null) {
      if (service != null) {
        begun.span().setAttribute(Attribute.SERVICE, service);
      }
      HttpSpan.answer(begun.span(), reply);
      begun.span().end(now + begun.offset(), TimeUnit.NANOSECONDS);
    }
  }
}
