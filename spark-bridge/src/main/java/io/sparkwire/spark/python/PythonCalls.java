package io.sparkwire.spark.python;

import io.sparkwire.intake.ServedVersion;
import io.sparkwire.node.ServingNode;
import io.sparkwire.python.PythonFunctions;
import io.sparkwire.python.PythonOptions;
import io.sparkwire.python.PythonPool;
import io.sparkwire.python.PythonPools;
import io.sparkwire.spark.node.SparkNode;
import io.sparkwire.spark.plan.RowWork;
import io.sparkwire.spark.source.ServedQuery;

/**
 * The functions to call for the rows of a step. Immutable.
 *
 * @param served the query that calls them, to whose service the workers belong
 */
record PythonCalls(ServedQuery served, PlannedFunctions functions, RowLayout layout)
    implements RowWork.Maker<PythonResult> {

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
      version.atEnd(() -> pools.release(version));
      return pools.acquire(here, version, options.workersHere());
    } finally {
      pools.release(starting);
    }
  }

  @Override
  public PythonRows open() {
    ServingNode node = SparkNode.ofTask();
    return PythonRows.of(this, pool(node), node);
  }
}
