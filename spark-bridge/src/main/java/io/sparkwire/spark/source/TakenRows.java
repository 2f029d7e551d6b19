package io.sparkwire.spark.source;

import io.sparkwire.intake.RowsInOrder;
import io.sparkwire.spark.node.SparkNode;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.catalyst.InternalRow;
import scala.collection.AbstractIterator;
import scala.collection.Iterator;

/**
 * The rows that a task under the continuous trigger takes from the thread that reads ahead, which
 * learns by it how far the task is. Runs on: task thread. Not thread-safe.
 */
final class TakenRows extends AbstractIterator<InternalRow> {

  private final Iterator<InternalRow> rows;
  private final RowsInOrder order;

  private TakenRows(Iterator<InternalRow> rows, RowsInOrder order) {
    this.rows = rows;
    this.order = order;
  }

  /** Those of this task, whose reader has been opened. */
  static Iterator<InternalRow> of(Iterator<InternalRow> rows) {
    RowsInOrder order = SparkNode.ofTask().tasks().rows(TaskContext.get().taskAttemptId());
    return order == null ? rows : new TakenRows(rows, order);
  }

  @Override
  public boolean hasNext() {
    order.wantsNext();
    return rows.hasNext();
  }

  @Override
  public InternalRow next() {
    InternalRow row = rows.next();
    order.takes();
    return row;
  }
}
