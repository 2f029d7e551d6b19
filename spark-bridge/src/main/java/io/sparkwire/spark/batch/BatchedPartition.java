package io.sparkwire.spark.batch;

import io.sparkwire.spark.plan.PartitionWork;
import java.util.Iterator;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.StructType;

/**
 * A function to call for the rows of a step of a batch job. Immutable.
 *
 * @param arguments the columns that the function gets
 * @param mostRows of a batch
 */
record BatchedPartition(
    BatchFunction.Maker function, StructType arguments, RowLayout layout, int mostRows)
    implements PartitionWork {

  @Override
  public Iterator<InternalRow> rows(Iterator<InternalRow> rows) {
    BatchFunction opened = function.open(new LifetimeOfTask(TaskContext.get()));
    return new BatchIterator(rows, opened, layout, new RowSize(arguments, layout.kept()), mostRows);
  }
}
