package io.sparkwire.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ClockIdsTest {

  private final AtomicLong now =
      new AtomicLong(Instant.parse("2026-02-03T04:05:06Z").toEpochMilli());

  @Test
  void numbersGrowAlsoWhileTheClockStopsOrGoesBack() {
    ClockIds ids = new ClockIds(now::get);
    long first = ids.getAsLong();
    long second = ids.getAsLong();
    now.addAndGet(-60_000);
    long third = ids.getAsLong();
    assertThat(first).isPositive().isLessThan(second);
    assertThat(second).isLessThan(third);
  }

  @Test
  void aLaterJvmBeginsAboveAllThatTheOneBeforeGave() {
    ClockIds before = new ClockIds(now::get);
    long last = 0;
    for (int i = 0; i < 100_000; i++) {
      last = before.getAsLong();
    }
    now.incrementAndGet();
    assertThat(new ClockIds(now::get).getAsLong()).isGreaterThan(last);
  }
}
