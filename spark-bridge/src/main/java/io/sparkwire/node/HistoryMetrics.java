package io.sparkwire.node;

import io.sparkwire.history.EpochHistory;
import io.sparkwire.metrics.Metric;
import io.sparkwire.metrics.MetricSource;
import io.sparkwire.metrics.Samples;

/** What the history of a node's readers holds. Thread-safe. */
record HistoryMetrics(EpochHistory history) implements MetricSource {

  @Override
  public void collect(Samples samples) {
    samples.add(Metric.HISTORY_REQUESTS, history.size());
    samples.add(Metric.HISTORY_BYTES_WRITING, history.bytesWriting());
  }
}
