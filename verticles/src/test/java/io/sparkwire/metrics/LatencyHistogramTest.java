package io.sparkwire.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LatencyHistogramTest {

  private final LatencyHistogram durations = new LatencyHistogram();

  private long upTo(double seconds) {
    int last = Arrays.binarySearch(LatencyHistogram.BOUNDS, seconds);
    assertThat(last).isNotNegative();
    return Arrays.stream(LatencyHistogram.buckets(durations.copy())).limit(last + 1).sum();
  }

  @Test
  void aDurationIsInTheBucketOfItsBoundAndInAllAbove() {
    durations.record(TimeUnit.MICROSECONDS.toNanos(100));
    durations.record(TimeUnit.MICROSECONDS.toNanos(102));
    durations.record(TimeUnit.MILLISECONDS.toNanos(5));

    assertThat(upTo(0.0001)).isEqualTo(1);
    assertThat(upTo(0.00025)).isEqualTo(2);
    assertThat(upTo(0.0025)).isEqualTo(2);
    assertThat(upTo(0.005)).isEqualTo(3);
    assertThat(upTo(Double.POSITIVE_INFINITY)).isEqualTo(3);
    assertThat(durations.sumSeconds()).isCloseTo(0.005202, within(1e-12));
  }

  @Test
  void whatTakesNoTimeOrDaysIsCountedToo() {
    durations.record(-5);
    durations.record(0);
    durations.record(TimeUnit.DAYS.toNanos(3));

    assertThat(upTo(0.0001)).isEqualTo(2);
    assertThat(upTo(30)).isEqualTo(2);
    assertThat(upTo(Double.POSITIVE_INFINITY)).isEqualTo(3);
  }

  @Test
  void aReadingHasPercentilesAndTheDifferenceOfTwoIsThatOfTheTimeBetween() {
    for (int i = 1; i <= 1_000; i++) {
      durations.record(TimeUnit.MICROSECONDS.toNanos(i));
    }
    var before = durations.copy();
    for (int i = 1; i <= 1_000; i++) {
      durations.record(TimeUnit.MILLISECONDS.toNanos(i));
    }
    var between = durations.copy();
    between.subtract(before);

    assertThat(before.getValueAtPercentile(99)).isCloseTo(990, within(10L));
    assertThat(between.getTotalCount()).isEqualTo(1_000);
    assertThat(between.getValueAtPercentile(50)).isCloseTo(500_000, within(5_000L));
  }
}
