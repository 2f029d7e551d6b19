package io.sparkwire.spark.source;

import io.sparkwire.intake.RowsInOrder;
import io.sparkwire.intake.RunningTasks;
import io.sparkwire.message.PendingRequest;
import io.sparkwire.spark.node.SparkNode;
import java.util.concurrent.TimeUnit;
import org.apache.spark.TaskContext;
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

  private final RunningTasks tasks;
  private final long task;
  private final RowsInOrder rows;

  SparkwireContinuousPartitionReader(SparkwireInputPartition share) {
    super(share);
    this.tasks = SparkNode.ofTask().tasks();
    this.task = TaskContext.get().taskAttemptId();
    this.rows = tasks.readerOpened(task, share.options().service());
  }

  @Override
  public boolean next() {
    boolean found = false;
    try {
      found = takeInEndlessEpoch(System.nanoTime() + FOR_EVER_NANOS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (!found) {
      endsTask(); // which is what Spark makes of it
    }
    return found;
  }

  @Override
  void handsOver(PendingRequest request, boolean last) {
    rows.goesIn(request, last);
  }

  /** One epoch is as far as another: what has been read is in the history. */
  @Override
  public PartitionOffset getOffset() {
    return new SparkwirePartitionOffset(SparkwireContinuousStream.ANY_EPOCH);
  }

  @Override
  public void close() {
    tasks.readerClosed(task);
    super.close();
  }
}
