package io.sparkwire.spark.python;

import io.sparkwire.intake.ServedVersion;
import io.sparkwire.node.ServingNode;
import io.sparkwire.python.PythonFunctions;
import io.sparkwire.python.PythonOptions;
import io.sparkwire.python.PythonPool;
import io.sparkwire.python.PythonPools;
import io.sparkwire.spark.batch.BatchedRows;
import io.sparkwire.spark.batch.Batches;
import io.sparkwire.spark.batch.FailedBatches;
import io.sparkwire.spark.batch.RowLayout;
import io.sparkwire.spark.batch.RowResult;
import io.sparkwire.spark.batch.RowSize;
import io.sparkwire.spark.node.SparkNode;
import io.sparkwire.spark.plan.RowWork;
import io.sparkwire.spark.source.ServedQuery;
import java.util.List;

/**
 * The functions to call for the rows of a step. Immutable.
 *
 * @param served the query that calls them, to whose service the workers belong
 */
record PythonCalls(ServedQuery served, PlannedFunctions functions, RowLayout layout)
    implements RowWork.Maker<RowResult> {

  @Override
  public void prepare() {
    PoolStart.onDriver(this);
  }

  /**
   * The workers of the functions on a node; starts them if they have not started. Blocks. If they
   * are the service's first, the service listens only once they are ready.
   */
  PythonPool pool(ServingNode node) {
    PythonPools pools = node.python();
    PythonOptions options = served.options().python();
    PythonFunctions here = NodeFunctions.of(functions, options);
    Object starting = new Object();
    try {
      pools.acquire(here, starting, options.workersHere());
      ServedVersion version = served.on(node);
      version.atEnd(pools, () -> pools.release(version));
      return pools.acquire(here, version, options.workersHere());
    } finally {
      pools.release(starting);
    }
  }

  @Override
  public BatchedRows open() {
    ServingNode node = SparkNode.ofTask();
    RowSize size = new RowSize(functions.input(), Math.max(0, layout.kept()));
    Batches batches = new Batches(served.options().python().batchRows(), size);
    FailedBatches failures =
        FailedBatches.served(batches, layout, BatchWork::describe, served, node);
    BatchWork work = new BatchWork(this, batches, Codec.of(functions), failures);
    return BatchedRows.served(
        batches, List.of(new PythonTurns(pool(node), work)), layout, served, node);
  }
}
