package io.sparkwire.cluster;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Numbers that a JVM gives once, and that begin with the time, so that the next JVM gives others.
 *
 * <p>Thread-safe.
 */
final class ClockIds implements LongSupplier {

  /** Enough for 4,000 million numbers a second, until the year 2095. */
  private static final int BITS_BELOW_MILLIS = 22;

  private static final long FIRST_MILLIS = Instant.parse("2026-01-01T00:00:00Z").toEpochMilli();

  private final LongSupplier clockMillis;
  private final AtomicLong last = new AtomicLong();

  ClockIds(LongSupplier clockMillis) {
    this.clockMillis = clockMillis;
  }

  @Override
  public long getAsLong() {
    long fromClock = (clockMillis.getAsLong() - FIRST_MILLIS) << BITS_BELOW_MILLIS;
    return last.updateAndGet(before -> Math.max(before + 1, fromClock));
  }
}
