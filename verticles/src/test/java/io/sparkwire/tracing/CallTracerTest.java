package io.sparkwire.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.MultiMap;
import org.junit.jupiter.api.Test;

class CallTracerTest {

  private static final String TRACEPARENT =
      "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
  private static final CallTrace.Sent CALL =
      new CallTrace.Sent("GET", "http://there/", "there", 80, 0);

  private final MultiMap request = MultiMap.caseInsensitiveMultiMap();
  private final MultiMap call = MultiMap.caseInsensitiveMultiMap();

  @Test
  void withoutTracingATraceIsPassedOnAsItIs() {
    request.add("TraceParent", TRACEPARENT).add("TraceState", "a=1").add("Cookie", "c");
    CallSpan span = CallTracer.PASSING.of(request).begin(CALL);
    span.writeTo(call);
    span.ended(200, 1, null);

    assertThat(call.entries())
        .extracting(e -> e.getKey() + ": " + e.getValue())
        .containsExactlyInAnyOrder("traceparent: " + TRACEPARENT, "tracestate: a=1");
  }

  @Test
  void aRequestWithoutATraceHasNothingToPassOn() {
    request.add("traceparent", "nonsense").add("tracestate", "a=1");

    assertThat(CallTracer.PASSING.of(request)).isSameAs(CallTrace.NONE);
    CallTrace.NONE.begin(CALL).writeTo(call);
    assertThat(call).isEmpty();
  }
}
