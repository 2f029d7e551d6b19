package io.sparkwire.spark.batch;

import io.sparkwire.intake.FailureCause;
import io.sparkwire.intake.ServedVersion;
import io.sparkwire.node.ServingNode;
import io.sparkwire.spark.node.SparkNode;
import io.sparkwire.spark.plan.RowWork;
import io.sparkwire.spark.source.ServedQuery;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.types.StructType;

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
    RowSize size = new RowSize(arguments, layout.kept());
    return served == null ? unserved(size) : served(size, SparkNode.ofTask());
  }

  private BatchedRows unserved(RowSize size) {
    Batches batches = new Batches(mostRows, size);
    BatchFunction opened = function.open(new LifetimeOfTask(TaskContext.get()));
    return BatchedRows.unserved(
        batches,
        new FunctionBatches(
            opened,
            layout,
            FailedBatches.unserved(batches, layout),
            new BatchPace(mostRows),
            System::nanoTime));
  }

  private BatchedRows served(RowSize size, ServingNode node) {
    BatchPace pace = new BatchPace(mostRows);
    Batches batches = new Batches(mostRows, pace, size);
    BatchFunction.Lifetime lifetime = new OfVersion(served.on(node));
    FailedBatches failures =
        FailedBatches.served(batches, layout, BatchedCalls::describe, served, node);
    List<FunctionBatches> computations =
        Stream.generate(() -> function.open(lifetime))
            .limit(function.concurrency())
            .map(each -> new FunctionBatches(each, layout, failures, pace, System::nanoTime))
            .toList();
    return BatchedRows.served(batches, computations, layout, served, node);
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
}
