package io.sparkwire.spark;

import java.util.concurrent.TimeUnit;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.connector.read.streaming.ContinuousPartitionReader;
import org.apache.spark.sql.connector.read.streaming.PartitionOffset;

/**
 * Reads requests for as long as its query runs, under the continuous trigger.
 *
 * <p>Runs on: the reader thread that Spark makes for its task. Not thread-safe.
 */
final class SparkwireContinuousPartitionReader extends RequestReader
    implements ContinuousPartitionReader<InternalRow> {

  private static final long FOR_EVER_NANOS = TimeUnit.DAYS.toNanos(36_500);

  private final SparkwirePartitionOffset offset;

  SparkwireContinuousPartitionReader(SparkwireInputPartition share) {
    super(share);
    this.offset = new SparkwirePartitionOffset(share.index(), share.epoch());
  }

  @Override
  public boolean next() {
    boolean came = false;
    try {
      came = takeInEndlessEpoch(System.nanoTime() + FOR_EVER_NANOS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (!came) {
      endsTask(); // which is what Spark makes of it
    }
    return came;
  }

  @Override
  public PartitionOffset getOffset() {
    return offset;
  }
}
