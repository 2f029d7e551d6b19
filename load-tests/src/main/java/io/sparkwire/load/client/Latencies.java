package io.sparkwire.load.client;

import org.HdrHistogram.Histogram;

/** Percentiles of the time from the first byte sent to the last byte received, in microseconds. */
public record Latencies(double p50, double p90, double p99, double p999, double max) {
  private static final double NANOS_PER_MICRO = 1_000;

  /** Reads them from a histogram of nanoseconds; all are 0 when it is empty. */
  static Latencies of(Histogram nanos) {
    return new Latencies(
        micros(nanos, 50),
        micros(nanos, 90),
        micros(nanos, 99),
        micros(nanos, 99.9),
        micros(nanos, 100));
  }

  private static double micros(Histogram nanos, double percentile) {
    return nanos.getValueAtPercentile(percentile) / NANOS_PER_MICRO;
  }
}
