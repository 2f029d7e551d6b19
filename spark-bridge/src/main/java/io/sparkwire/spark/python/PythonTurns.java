package io.sparkwire.spark.python;

import io.sparkwire.python.PythonPool;
import io.sparkwire.spark.batch.Batch;
import io.sparkwire.spark.batch.BatchComputation;

/** Batches computed by the workers of a pool, of which a task takes one for a turn. */
final class PythonTurns implements BatchComputation {

  private final PythonPool pool;
  private final BatchWork work;

  PythonTurns(PythonPool pool, BatchWork work) {
    this.pool = pool;
    this.work = work;
  }

  @Override
  public void run(Batch first) throws InterruptedException {
    try {
      new WorkerTurn(pool.take(), pool, work).run(first);
    } catch (IllegalStateException e) { // the pool has been closed: the service ends
      work.failTask(first, e);
    }
  }

  @Override
  public void close() {
    work.close();
  }
}
