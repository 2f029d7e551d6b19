package io.sparkwire.tracing;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.sparkwire.exchange.ComputeTimes;
import io.sparkwire.message.NodeId;
import io.sparkwire.message.ServiceReply;
import io.sparkwire.message.ServiceRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Makes the spans of what readers of this node do for a request: {@code queue}, {@code pipeline},
 * and in that one {@code replay} for each time but the first that it went into a pipeline. They
 * need nothing but the header fields of the request, so they are made on whichever node computes
 * it. Thread-safe.
 */
record ComputeSpans(NodeId node, Spans spans, FirstSampler sampler) {

  /** Makes them if the request is sampled. */
  void make(ServiceRequest request, ComputeTimes times, ServiceReply reply) {
    SpanIds ids = SpanIds.read(request.headers());
    if (ids != null) {
      boolean isOwn = request.id().node().equals(node);
      SpanContext parent =
          isOwn ? ids.trace().span(ids.request()) : ids.trace().remoteSpan(ids.handOff());
      make(parent, ids.pipeline(), request, times, reply);
    } else if (isOfUntracedNode(request)) {
      make(HeaderFields.read(request.headers()), spans.newId(), request, times, reply);
    }
  }

  /** The node that has its client knows nothing of traces, but the client does. */
  private boolean isOfUntracedNode(ServiceRequest request) {
    String caller = request.headers().get(Traceparent.NAME);
    return !request.id().node().equals(node)
        && Traceparent.isValid(caller)
        && Traceparent.isSampled(caller)
        && sampler.samples(caller);
  }

  private void make(
      SpanContext parent,
      String pipeline,
      ServiceRequest request,
      ComputeTimes times,
      ServiceReply reply) {
    long offset = spans.offset();
    List<Long> attempts = new ArrayList<>(times.before());
    attempts.add(times.taken());
    long first = attempts.get(0);
    end(spans.part("queue", parent, times.queued() + offset), first + offset);
    Span span = spans.part("pipeline", pipeline, parent, first + offset);
    span.setAttribute(Attribute.SERVICE, request.service());
    span.setAttribute(Attribute.REQUEST, request.id().toString());
    if (reply != null) {
      HttpSpan.answer(span, reply);
    }
    for (int i = 1; i < attempts.size(); i++) {
      boolean last = i == attempts.size() - 1;
      long until = last ? times.answered() : attempts.get(i + 1);
      Span replay = spans.part("replay", span.getSpanContext(), attempts.get(i) + offset);
      replay.setAttribute(Attribute.ATTEMPT, i + 1);
      end(replay, until + offset);
    }
    end(span, times.answered() + offset);
  }

  private static void end(Span span, long nanos) {
    span.end(nanos, TimeUnit.NANOSECONDS);
  }
}
