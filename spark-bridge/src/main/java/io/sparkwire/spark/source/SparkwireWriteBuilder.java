package io.sparkwire.spark.source;

import io.sparkwire.spark.metrics.RepliesInVain;
import io.sparkwire.spark.metrics.RepliesSent;
import org.apache.spark.sql.connector.metric.CustomMetric;
import org.apache.spark.sql.connector.write.SupportsTruncate;
import org.apache.spark.sql.connector.write.Write;
import org.apache.spark.sql.connector.write.WriteBuilder;
import org.apache.spark.sql.connector.write.streaming.StreamingWrite;
import org.apache.spark.sql.internal.connector.SupportsStreamingUpdateAsAppend;

/**
 * Builds the sink for every output mode: whatever row comes, it is a reply. Immutable. Runs on:
 * driver.
 */
record SparkwireWriteBuilder(ReplyColumns columns, String queryId, EpochStart start)
    implements SupportsStreamingUpdateAsAppend, SupportsTruncate, Write {

  @Override
  public WriteBuilder truncate() {
    return this;
  }

  @Override
  public Write build() {
    return this;
  }

  @Override
  public CustomMetric[] supportedCustomMetrics() {
    return new CustomMetric[] {new RepliesSent(), new RepliesInVain()};
  }

  @Override
  public StreamingWrite toStreaming() {
    return new SparkwireStreamingWrite(columns, queryId, start);
  }
}
