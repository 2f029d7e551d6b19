package io.sparkwire.metrics;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/** How the epochs of one service went on this node. Thread-safe. */
final class EpochMetrics {

  private static final double NANOS_PER_SECOND = 1e9;

  /** No gap: the query has been stopped meanwhile, or computed nothing here. */
  private static final long MOST_GAP_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final LongSupplier nanoTime;
  private final LatencyHistogram gaps = new LatencyHistogram();
  private final LongAdder succeeded = new LongAdder();
  private final LongAdder failed = new LongAdder();

  /** When the last share of a reader ended. */
  private final Map<Reader, Long> ends = new ConcurrentHashMap<>();

  private volatile Long lastBegan;

  private record Reader(String query, int partition) {}

  EpochMetrics(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  void began(String query, int partition) {
    long now = nanoTime.getAsLong();
    lastBegan = now;
    Long ended = ends.remove(new Reader(query, partition));
    if (ended != null && now - ended < MOST_GAP_NANOS) {
      gaps.record(now - ended);
    }
  }

  void ended(String query, int partition, boolean well) {
    long now = nanoTime.getAsLong();
    ends.values().removeIf(ended -> now - ended >= MOST_GAP_NANOS);
    ends.put(new Reader(query, partition), now);
    (well ? succeeded : failed).increment();
  }

  void collect(Samples samples, String service) {
    Long began = lastBegan;
    if (began == null) { // the node has no readers of it
      return;
    }
    samples.add(Metric.EPOCH_AGE, (nanoTime.getAsLong() - began) / NANOS_PER_SECOND, service);
    samples.add(Metric.EPOCH_SHARES, succeeded.sum(), service, "succeeded");
    samples.add(Metric.EPOCH_SHARES, failed.sum(), service, "failed");
    samples.add(Metric.EPOCH_GAP, gaps, service);
  }
}
