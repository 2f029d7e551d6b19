package io.sparkwire.spark.python;

import io.sparkwire.python.PythonPool;
import io.sparkwire.thread.DaemonThreads;

/**
 * The thread of a task that sends batches to workers and waits for what they return.
 *
 * <p>{@link #startOnce} runs on the feeder thread, {@link #close} on the task thread, after the
 * feeder has ended.
 */
final class PythonThread implements AutoCloseable {

  private final PythonPool pool;
  private final BatchWork work;
  private final Thread thread;
  private boolean started;

  PythonThread(PythonPool pool, BatchWork work) {
    this.pool = pool;
    this.work = work;
    this.thread = new Thread(this::run, Thread.currentThread().getName() + " python");
    this.thread.setDaemon(true);
  }

  void startOnce() {
    if (!started) {
      started = true;
      thread.start();
    }
  }

  private void run() {
    try {
      while (true) {
        turn(work.batches().take());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the task has ended
    }
  }

  private void turn(Batch first) throws InterruptedException {
    try {
      new WorkerTurn(pool.take(), pool, work).run(first);
    } catch (IllegalStateException e) { // the pool has been closed: the service ends
      work.failTask(first, e);
    }
  }

  /** Ends it. Returns when it has ended. */
  @Override
  public void close() {
    DaemonThreads.end(thread);
    work.close();
  }
}
