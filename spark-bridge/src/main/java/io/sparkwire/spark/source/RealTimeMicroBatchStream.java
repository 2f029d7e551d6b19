package io.sparkwire.spark.source;

import java.util.Arrays;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.streaming.Offset;
import org.apache.spark.sql.connector.read.streaming.PartitionOffset;
import org.apache.spark.sql.connector.read.streaming.SupportsRealTimeMode;

/**
 * The stream of epochs where Spark has the real-time trigger, from 4.1 on. Under the micro-batch
 * trigger Spark uses it as any other. Runs on: driver.
 */
final class RealTimeMicroBatchStream extends SparkwireMicroBatchStream
    implements SupportsRealTimeMode {

  RealTimeMicroBatchStream(SparkwireOptions options, QueryId query) {
    super(options, query);
  }

  @Override
  public InputPartition[] planInputPartitions(Offset start) {
    long epoch = SparkwireOffset.checked(start, SparkwireOffset.class).epoch() + 1;
    return partitions(epoch, isFirst(epoch) ? query.firstEpoch() : null);
  }

  @Override
  public Offset mergeOffsets(PartitionOffset[] offsets) {
    return new SparkwireOffset(
        Arrays.stream(offsets)
            .map(offset -> SparkwireOffset.checked(offset, SparkwirePartitionOffset.class))
            .mapToLong(SparkwirePartitionOffset::epoch)
            .max()
            .orElseThrow());
  }
}
