package io.sparkwire.spark.batch;

/**
 * What computes the batches of a task.
 *
 * <p>Runs on: the task's {@link BatchThread}, closed on the task thread after that one has ended.
 */
public interface BatchComputation extends AutoCloseable {

  /**
   * Computes a batch, and may compute those that are queued meanwhile. Each row gets its result,
   * unless the task ends before.
   */
  void run(Batch first) throws InterruptedException;

  @Override
  void close();
}
