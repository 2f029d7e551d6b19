package io.sparkwire.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.TraceId;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.opentelemetry.sdk.trace.samplers.SamplingDecision;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FirstSamplerTest {

  private static final String YES = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
  private static final String NO = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00";

  private static boolean decides(Sampler sampler, long low) {
    return sampler
        .shouldSample(
            Context.root(),
            TraceId.fromLongs(1, low),
            "s",
            SpanKind.SERVER,
            Attributes.empty(),
            List.of())
        .getDecision()
        .equals(SamplingDecision.RECORD_AND_SAMPLE);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.01, 0.5, 0.999, 1})
  void aRatioIsDecidedAsByTheSampler(double ratio) {
    Sampler sampler = Sampler.traceIdRatioBased(ratio);
    FirstSampler first = FirstSampler.of("traceidratio", ratio);
    Random random = new Random(7);
    int sampled = 0;
    for (int i = 0; i < 20_000; i++) {
      long low = random.nextLong();
      assertThat(first.samples(low)).isEqualTo(decides(sampler, low));
      sampled += first.samples(low) ? 1 : 0;
    }
    assertThat(sampled / 20_000.0).isBetween(ratio - 0.02, ratio + 0.02);
    for (long low : new long[] {Long.MIN_VALUE, Long.MIN_VALUE + 2, 1, Long.MAX_VALUE - 1}) {
      assertThat(first.samples(low)).isEqualTo(decides(sampler, low));
    }
  }

  @Test
  void aSamplerThatIsBasedOnParentsFollowsTheCaller() {
    FirstSampler ratio = FirstSampler.of("parentbased_traceidratio", 0);
    assertThat(ratio.samples(YES)).isTrue();
    assertThat(ratio.samples(NO)).isFalse();
    assertThat(ratio.samples(17)).isFalse();
    assertThat(FirstSampler.of("parentbased_always_on", 0).samples(NO)).isFalse();
    assertThat(FirstSampler.of("parentbased_always_on", 0).samples(17)).isTrue();
    assertThat(FirstSampler.of("parentbased_always_off", 1).samples(YES)).isTrue();
    assertThat(FirstSampler.of("parentbased_always_off", 1).samples(17)).isFalse();
  }

  @Test
  void anyOtherDecidesByItself() {
    assertThat(FirstSampler.of("always_off", 1).samples(YES)).isFalse();
    assertThat(FirstSampler.of("always_on", 0).samples(NO)).isTrue();
    assertThat(FirstSampler.of("traceidratio", 0).samples(YES)).isFalse();
    assertThat(FirstSampler.of("traceidratio", 1).samples(NO)).isTrue();
  }

  @Test
  void aSamplerThatIsNotKnownIsAskedForEachRequest() {
    FirstSampler unknown = FirstSampler.of("parentbased_jaeger_remote", 0);
    assertThat(unknown.samples(NO)).isTrue();
    assertThat(unknown.samples(17)).isTrue();
  }
}
