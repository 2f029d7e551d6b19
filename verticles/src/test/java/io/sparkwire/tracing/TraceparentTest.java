package io.sparkwire.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraceparentTest {

  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
  private static final String SPAN = "b7ad6b7169203331";
  private static final String SAMPLED = "00-" + TRACE + "-" + SPAN + "-01";

  @Test
  void aValidOneTellsItsTraceItsSpanAndWhetherItIsSampled() {
    assertThat(Traceparent.isValid(SAMPLED)).isTrue();
    assertThat(Traceparent.isSampled(SAMPLED)).isTrue();
    assertThat(Traceparent.low(SAMPLED)).isEqualTo(0x8448eb211c80319cL);
    assertThat(Traceparent.hasSpan(SAMPLED, "x" + SPAN, 1)).isTrue();
    assertThat(Traceparent.hasSpan(SAMPLED, TRACE, 0)).isFalse();
    assertThat(Traceparent.unsampled(SAMPLED)).isEqualTo("00-" + TRACE + "-" + SPAN + "-00");
    assertThat(Traceparent.isSampled(Traceparent.unsampled(SAMPLED))).isFalse();
  }

  @Test
  void flagsBesideThatOfSamplingDoNotMatter() {
    assertThat(Traceparent.isSampled("00-" + TRACE + "-" + SPAN + "-02")).isFalse();
    assertThat(Traceparent.isSampled("00-" + TRACE + "-" + SPAN + "-03")).isTrue();
  }

  @Test
  void versionsToComeMayAddFields() {
    assertThat(Traceparent.isValid("cc-" + TRACE + "-" + SPAN + "-01-more")).isTrue();
    assertThat(Traceparent.isValid("cc-" + TRACE + "-" + SPAN + "-01.more")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "00",
        "00-" + TRACE + "-" + SPAN + "-0",
        "00-" + TRACE + "-" + SPAN + "-01-more",
        "ff-" + TRACE + "-" + SPAN + "-01",
        "0g-" + TRACE + "-" + SPAN + "-01",
        "00_" + TRACE + "-" + SPAN + "-01",
        "00-" + TRACE + "_" + SPAN + "-01",
        "00-" + TRACE + "-" + SPAN + "_01",
        "00-00000000000000000000000000000000-" + SPAN + "-01",
        "00-" + TRACE + "-0000000000000000-01",
        "00-0AF7651916CD43DD8448EB211C80319C-" + SPAN + "-01",
        "00-" + TRACE + "-" + SPAN + "-0x",
      })
  void anyOtherTextIsNone(String text) {
    assertThat(Traceparent.isValid(text)).isFalse();
  }
}
