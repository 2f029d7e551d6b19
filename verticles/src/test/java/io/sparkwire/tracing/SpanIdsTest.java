package io.sparkwire.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.MultiMap;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SpanIdsTest {

  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
  private static final String REQUEST = "b7ad6b7169203331";

  private final AtomicLong random = new AtomicLong(0x10);
  private final MultiMap headers = MultiMap.caseInsensitiveMultiMap();

  private SpanIds written() {
    headers.set("Traceparent", "00-" + TRACE + "-" + REQUEST + "-01");
    headers.set("Tracestate", "a=1,sparkwire=of-another-cluster,b=2");
    SpanIds ids =
        SpanIds.choose(
            SpanIds.Trace.of(HeaderFields.read(headers)), REQUEST, random::getAndIncrement);
    ids.write(headers);
    return ids;
  }

  @Test
  void theFieldsNameThePipelineAsTheParentAndKeepWhatOthersWrote() {
    written();

    assertThat(headers.getAll("traceparent"))
        .containsExactly("00-" + TRACE + "-0000000000000011-01");
    assertThat(headers.getAll("tracestate"))
        .containsExactly("sparkwire=" + REQUEST + "-0000000000000010-0000000000000011,a=1,b=2");
  }

  @Test
  void anotherNodeReadsWhatWasWritten() {
    assertThat(SpanIds.read(headers)).isNull();
    SpanIds ids = written();

    assertThat(SpanIds.read(headers)).usingRecursiveComparison().isEqualTo(ids);
  }

  @Test
  void idsThatAnotherServiceHasPassedOnDoNotCount() {
    written();
    headers.set("traceparent", "00-" + TRACE + "-00f067aa0ba902b7-01");

    assertThat(SpanIds.read(headers)).isNull();
  }

  @Test
  void idsOfATraceThatIsNotSampledDoNotCount() {
    written();
    headers.set("traceparent", Traceparent.unsampled(headers.get("traceparent")));

    assertThat(SpanIds.read(headers)).isNull();
  }

  @Test
  void anIdIsNeverZero() {
    assertThat(SpanIds.spanId(() -> 0)).isEqualTo("0000000000000001");
  }
}
