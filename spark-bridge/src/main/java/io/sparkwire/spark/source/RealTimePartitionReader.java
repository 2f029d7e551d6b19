package io.sparkwire.spark.source;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.connector.read.streaming.PartitionOffset;
import org.apache.spark.sql.connector.read.streaming.SupportsRealTimeRead;

/**
 * The reader of one epoch where Spark has the real-time trigger, from 4.1 on. Under the micro-batch
 * trigger Spark uses it as any other.
 *
 * <p>Runs on: task thread. Not thread-safe.
 */
final class RealTimePartitionReader extends SparkwirePartitionReader
    implements SupportsRealTimeRead<InternalRow> {

  private boolean begun;

  RealTimePartitionReader(SparkwireInputPartition share) {
    super(share);
  }

  /** As Spark 4.1 calls it: the batch ends when this returns no record. */
  @Override
  public RecordStatus nextWithTimeout(Long timeoutMillis) throws IOException {
    if (!begun) {
      begun = true;
      begin();
    }
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
    if (share.length() != null) {
      long ownEnd = begunNanos + share.length().toNanos();
      deadline = ownEnd - deadline < 0 ? ownEnd : deadline;
    }
    return RecordStatus.newStatusWithoutArrivalTime(takeUntil(deadline));
  }

  /** The same as Spark 4.2 calls it. */
  public RecordStatus nextWithTimeout(Long startTimeMillis, Long timeoutMillis) throws IOException {
    Duration elapsed = Duration.ofMillis(System.currentTimeMillis() - startTimeMillis);
    return nextWithTimeout(Math.max(0, timeoutMillis - elapsed.toMillis()));
  }

  @Override
  public PartitionOffset getOffset() {
    return new SparkwirePartitionOffset(share.epoch());
  }
}
