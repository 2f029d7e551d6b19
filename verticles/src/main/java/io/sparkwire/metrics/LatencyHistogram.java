package io.sparkwire.metrics;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.AtomicHistogram;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;

/**
 * A distribution of durations since the start of the node, in microseconds with two significant
 * digits, up to an hour. Takes 27 KB. Thread-safe; nothing blocks.
 */
public final class LatencyHistogram {

  /** Upper bounds of the buckets that Prometheus gets, in seconds. */
  static final double[] BOUNDS = {
    0.0001,
    0.00025,
    0.0005,
    0.001,
    0.0025,
    0.005,
    0.01,
    0.025,
    0.05,
    0.1,
    0.25,
    0.5,
    1,
    2.5,
    5,
    10,
    30,
    Double.POSITIVE_INFINITY
  };

  private static final long MOST_MICROS = TimeUnit.HOURS.toMicros(1);
  private static final int DIGITS = 2;
  private static final int MICROS_PER_SECOND = 1_000_000;
  private static final double NANOS_PER_SECOND = 1e9;

  private final AtomicHistogram counts = new AtomicHistogram(MOST_MICROS, DIGITS);
  private final LongAdder sumNanos = new LongAdder();

  public void record(long nanos) {
    long atLeast0 = Math.max(0, nanos);
    sumNanos.add(atLeast0);
    counts.recordValue(Math.min(MOST_MICROS, TimeUnit.NANOSECONDS.toMicros(atLeast0)));
  }

  /** A reading in microseconds, to which others may be added or from which they may be taken. */
  public Histogram copy() {
    Histogram copy = empty();
    counts.copyInto(copy);
    return copy;
  }

  /** A reading of nothing, in the place of which others may be copied. */
  static Histogram empty() {
    return new Histogram(MOST_MICROS, DIGITS);
  }

  /** The same as {@link #copy} in the place of an older one. */
  void copyInto(Histogram reading) {
    counts.copyInto(reading);
  }

  long count() {
    return counts.getTotalCount();
  }

  double sumSeconds() {
    return sumNanos.sum() / NANOS_PER_SECOND;
  }

  /**
   * How many durations there are in each bucket. A bound may be wrong by one percent, because
   * values are counted with two digits.
   */
  static long[] buckets(Histogram reading) {
    long[] counts = new long[BOUNDS.length];
    int bucket = 0;
    for (HistogramIterationValue value : reading.recordedValues()) {
      long micros = reading.lowestEquivalentValue(value.getValueIteratedTo());
      while (micros > BOUNDS[bucket] * MICROS_PER_SECOND) {
        bucket++;
      }
      counts[bucket] += value.getCountAtValueIteratedTo();
    }
    return counts;
  }
}
