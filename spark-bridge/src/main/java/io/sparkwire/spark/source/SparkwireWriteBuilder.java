package io.sparkwire.spark.source;

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
  public StreamingWrite toStreaming() {
    return new SparkwireStreamingWrite(columns, queryId, start);
  }
}
