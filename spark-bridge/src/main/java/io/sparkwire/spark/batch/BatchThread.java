package io.sparkwire.spark.batch;

import io.sparkwire.thread.DaemonThreads;

/**
 * The thread of a task that computes batches, or has them computed and waits.
 *
 * <p>{@link #start} runs on the feeder thread, {@link #close} on the task thread, after the feeder
 * has ended.
 */
final class BatchThread implements AutoCloseable {

  private final Batches batches;
  private final BatchComputation computation;
  private final Thread thread;

  BatchThread(Batches batches, BatchComputation computation) {
    this.batches = batches;
    this.computation = computation;
    this.thread = new Thread(this::run, Thread.currentThread().getName() + " batches");
    this.thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  private void run() {
    try {
      while (true) {
        computation.run(batches.take());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the task has ended
    }
  }

  /** Ends it. Returns when it has ended. */
  @Override
  public void close() {
    DaemonThreads.end(thread);
    computation.close();
  }
}
