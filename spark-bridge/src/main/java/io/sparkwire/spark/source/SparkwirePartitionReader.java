package io.sparkwire.spark.source;

import io.sparkwire.intake.RunningTasks;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.connector.read.streaming.PartitionOffset;
import org.apache.spark.sql.connector.read.streaming.SupportsRealTimeRead;

/**
 * The reader of one epoch, under the micro-batch and the real-time trigger.
 *
 * <p>In micro-batch mode the epoch stays open for its length if replies leave in this task;
 * otherwise it is drained. The writer of a task is made before its reader's first {@code next()},
 * so that is when the kind is known. Where there are query replicas, an open epoch does not end
 * until another replica takes requests, for one more length at most. Runs on: task thread. Not
 * thread-safe.
 */
final class SparkwirePartitionReader extends RequestReader
    implements SupportsRealTimeRead<InternalRow> {

  private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private final SparkwireInputPartition share;
  private final long begunNanos = System.nanoTime();
  private boolean begun;
  private boolean drained;

  SparkwirePartitionReader(SparkwireInputPartition share) {
    super(share);
    this.share = share;
  }

  @Override
  public boolean next() throws IOException {
    if (!begun) {
      drained = isDrained(begin());
    }
    return drained ? poll() : nextInOpenEpoch();
  }

  /** Finds out how rows pass; returns whether replies leave in this task. */
  private boolean begin() {
    begun = true;
    RunningTasks tasks = SparkNode.ofTask().tasks();
    long task = TaskContext.get().taskAttemptId();
    if (tasks.passesOneByOne(task)) {
      epoch.passesOneByOne();
    }
    return tasks.hasWriter(task);
  }

  private boolean isDrained(boolean hasWriter) {
    boolean drain = share.options().epochs().areDrained() || !hasWriter;
    if (drain) {
      served.readerDrained();
    }
    return drain;
  }

  private boolean nextInOpenEpoch() throws IOException {
    long end = begunNanos + share.length().toNanos();
    long lastEnd = end + share.options().epochs().length().toNanos();
    while (!takeUntil(end)) {
      boolean mustEnd = !timeIsUp(end) || timeIsUp(lastEnd) || share.query().firstEpoch() == null;
      if (mustEnd || served.isOpenElsewhere(share.query().replica())) {
        return false;
      }
      end = System.nanoTime() + POLL_NANOS;
    }
    return true;
  }

  private static boolean timeIsUp(long nanos) {
    return System.nanoTime() - nanos >= 0;
  }

  private boolean takeUntil(long deadlineNanos) throws IOException {
    try {
      return take(deadlineNanos);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw (IOException) new InterruptedIOException(e.getMessage()).initCause(e);
    }
  }

  /** The real-time trigger of Spark 4.1: the batch ends when this returns no record. */
  @Override
  public RecordStatus nextWithTimeout(Long timeoutMillis) throws IOException {
    if (!begun) {
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
