package io.sparkwire.tracing;

import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanId;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.vertx.core.MultiMap;
import java.util.function.LongSupplier;

/**
 * The ids of the spans that one sampled request has on all nodes, chosen before any of them is
 * made.
 *
 * <p>In its header fields, {@code traceparent} names the span of the pipeline, as the parent of
 * what the pipeline does; the others are in our member of {@code tracestate}. That member counts
 * only as long as {@code traceparent} names the same span: otherwise another service has been in
 * between. Immutable.
 *
 * @param trace with its flags, and {@code tracestate} of its other participants
 * @param request the id of the request's own span, on the node that has its client
 * @param handOff the id of the span of a hand-off, if there is one
 * @param pipeline the id of the pipeline's span
 */
record SpanIds(Trace trace, String request, String handOff, String pipeline) {

  static final String STATE = "tracestate";
  private static final String KEY = "sparkwire";
  private static final String BEGIN = KEY + "=";
  private static final int ID = SpanId.getLength();
  private static final int HAND_OFF = ID + 1;
  private static final int PIPELINE = HAND_OFF + ID + 1;
  private static final int VALUE = PIPELINE + ID;

  /**
   * A trace. Immutable.
   *
   * @param others what its other participants have written into {@code tracestate}
   */
  record Trace(String id, TraceFlags flags, TraceState others) {

    static Trace of(SpanContext span) {
      return new Trace(
          span.getTraceId(),
          span.getTraceFlags(),
          span.getTraceState().toBuilder().remove(KEY).build());
    }

    SpanContext span(String span) {
      return SpanContext.create(id, span, flags, others);
    }

    SpanContext remoteSpan(String span) {
      return SpanContext.createFromRemoteParent(id, span, flags, others);
    }
  }

  /** New ones for a request of that trace. */
  static SpanIds choose(Trace trace, String request, LongSupplier random) {
    return new SpanIds(trace, request, spanId(random), spanId(random));
  }

  /** A random id of a span. */
  static String spanId(LongSupplier random) {
    long id = random.getAsLong();
    return SpanId.fromLong(id == 0 ? 1 : id);
  }

  /** Those that {@link #write} has put there; null if it has not. Nothing is allocated then. */
  static SpanIds read(MultiMap headers) {
    String state = headers.get(STATE);
    if (state == null || !state.startsWith(BEGIN) || state.length() < BEGIN.length() + VALUE) {
      return null;
    }
    String parent = headers.get(Traceparent.NAME);
    return Traceparent.isValid(parent)
            && Traceparent.hasSpan(parent, state, BEGIN.length() + PIPELINE)
        ? read(headers, state.substring(BEGIN.length(), BEGIN.length() + VALUE))
        : null;
  }

  private static SpanIds read(MultiMap headers, String value) {
    SpanContext pipeline = HeaderFields.read(headers);
    return pipeline.isSampled()
        ? new SpanIds(
            Trace.of(pipeline),
            value.substring(0, ID),
            value.substring(HAND_OFF, HAND_OFF + ID),
            value.substring(PIPELINE))
        : null;
  }

  /** Puts them into the fields of the request. */
  void write(MultiMap headers) {
    TraceState state =
        trace.others().toBuilder().put(KEY, request + "-" + handOff + "-" + pipeline).build();
    HeaderFields.write(SpanContext.create(trace.id(), pipeline, trace.flags(), state), headers);
  }
}
