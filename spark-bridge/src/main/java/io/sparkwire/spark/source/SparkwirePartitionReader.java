package io.sparkwire.spark.source;

import io.sparkwire.intake.RunningTasks;
import io.sparkwire.spark.node.SparkNode;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.TimeUnit;
import org.apache.spark.TaskContext;

/**
 * The reader of one epoch under the micro-batch trigger.
 *
 * <p>In micro-batch mode the epoch stays open for its length if replies leave in this task;
 * otherwise it is drained. The writer of a task is made before its reader's first {@code next()},
 * so that is when the kind is known. Where there are query replicas, an open epoch does not end
 * until another replica takes requests, for one more length at most. Runs on: task thread. Not
 * thread-safe.
 */
class SparkwirePartitionReader extends RequestReader {

  private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  final SparkwireInputPartition share;
  final long begunNanos = System.nanoTime();
  private boolean begun;
  private boolean drained;

  SparkwirePartitionReader(SparkwireInputPartition share) {
    super(share);
    this.share = share;
  }

  @Override
  public final boolean next() throws IOException {
    if (!begun) {
      begun = true;
      drained = isDrained(begin());
    }
    return drained ? poll() : nextInOpenEpoch();
  }

  /** A query of the facade has a supervisor; one that was started by format name has not. */
  @Override
  void failedOnRequests(TaskContext task) {
    if (share.query().ownsItself()) {
      TaskRetry.order(task);
    }
  }

  /** Finds out how rows pass; returns whether replies leave in this task. */
  final boolean begin() {
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

  final boolean takeUntil(long deadlineNanos) throws IOException {
    try {
      return take(deadlineNanos);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw (IOException) new InterruptedIOException(e.getMessage()).initCause(e);
    }
  }
}
