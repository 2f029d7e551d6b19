package io.sparkwire.spark.batch;

import io.sparkwire.intake.FailureCause;
import io.sparkwire.intake.ServedVersion;
import io.sparkwire.node.ServingNode;
import io.sparkwire.spark.node.SparkNode;
import io.sparkwire.spark.plan.RowWork;
import io.sparkwire.spark.source.ServedQuery;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.TaskCompletionListener;

/**
 * A function to call for the rows of a step. Immutable.
 *
 * @param arguments the columns that the function gets
 * @param mostRows of a batch
 * @param served the query that serves requests with it; null in any other query
 */
record BatchedCalls(
    BatchFunction.Maker function,
    StructType arguments,
    RowLayout layout,
    int mostRows,
    ServedQuery served)
    implements RowWork.Maker<RowResult> {

  @Override
  public BatchedCalls servedBy(ServedQuery query) {
    return new BatchedCalls(function, arguments, layout, mostRows, query);
  }

  @Override
  public BatchedRows open() {
    Batches batches = new Batches(mostRows, new RowSize(arguments, layout.kept()));
    return served == null ? unserved(batches) : served(batches, SparkNode.ofTask());
  }

  private BatchedRows unserved(Batches batches) {
    BatchFunction opened = function.open(new OfTask(TaskContext.get()));
    return BatchedRows.unserved(
        batches, new FunctionBatches(opened, layout, FailedBatches.unserved(batches, layout)));
  }

  private BatchedRows served(Batches batches, ServingNode node) {
    BatchFunction opened = function.open(new OfVersion(served.on(node)));
    FailedBatches failures =
        FailedBatches.served(batches, layout, BatchedCalls::describe, served, node);
    return BatchedRows.served(
        batches, new FunctionBatches(opened, layout, failures), layout, served, node);
  }

  private static FailureCause describe(Exception cause) {
    return new FailureCause(cause.getClass().getName(), null, cause.getMessage());
  }

  /** As long as a node computes a version of a service. */
  private record OfVersion(ServedVersion owner) implements BatchFunction.Lifetime {

    @Override
    public boolean recurs() {
      return false;
    }

    @Override
    public void atEnd(Object work, Runnable action) {
      owner.atEnd(work, action);
    }
  }

  /** As long as a task runs. */
  private record OfTask(TaskContext owner) implements BatchFunction.Lifetime {

    @Override
    public boolean recurs() {
      return true;
    }

    @Override
    public void atEnd(Object work, Runnable action) {
      TaskCompletionListener ended = task -> action.run();
      owner.addTaskCompletionListener(ended);
    }
  }
}
