package io.sparkwire.spark.source;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;

/**
 * Another attempt at a task that has failed on a request, under a master that runs tasks in this
 * very JVM.
 *
 * <p>Such a master tries a failed task as often as its address says, which for {@code local[4]} is
 * once. A task that was killed does not count as failed, and Spark runs it again: so the failing
 * task has itself killed, and its failure is the quarantine's to judge. It is bounded, because an
 * attempt that fails has handed over a request, and no request goes in without end. Stateless. Runs
 * on: task thread.
 */
final class TaskRetry {

  /** The id of the executor that is the driver itself. */
  private static final String DRIVER = "driver";

  private static final long MOST_NANOS = TimeUnit.SECONDS.toNanos(5);
  private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  private TaskRetry() {}

  /** Has Spark run that task again, if its scheduler is in this JVM; otherwise does nothing. */
  static void order(TaskContext task) {
    if (DRIVER.equals(SparkEnv.get().executorId())) {
      SparkContext.getOrCreate()
          .killTaskAttempt(task.taskAttemptId(), false, "it failed on a request");
      long start = System.nanoTime();
      while (!task.isInterrupted() && System.nanoTime() - start < MOST_NANOS) {
        LockSupport.parkNanos(task, POLL_NANOS); // until the order has come round to this task
      }
    }
  }
}
