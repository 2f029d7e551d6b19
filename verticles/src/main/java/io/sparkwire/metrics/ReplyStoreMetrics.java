package io.sparkwire.metrics;

import io.sparkwire.replystore.ReplyStore;

/** What kept replies take of this node. Thread-safe. */
record ReplyStoreMetrics(ReplyStore store) implements MetricSource {

  @Override
  public void collect(Samples samples) {
    ReplyStore.Usage usage = store.usage();
    samples.add(Metric.KEPT_REPLIES, usage.entries());
    samples.add(Metric.KEPT_REPLY_BYTES, usage.bytes());
  }
}
