package io.sparkwire.spark.source;

import io.sparkwire.intake.RowsInOrder;
import io.sparkwire.spark.node.SparkNode;
import java.io.Serializable;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.catalyst.InternalRow;
import scala.collection.AbstractIterator;
import scala.collection.Iterator;
import scala.runtime.AbstractFunction1;

/**
 * The rows that a task under the continuous trigger takes from the thread that reads ahead, which
 * learns by it how far the task is. Runs on: task thread. Not thread-safe.
 */
final class TakenRows extends AbstractIterator<InternalRow> {

  /** Makes them of the rows of each partition, whose reader has been opened. Immutable. */
  static final class Maker extends AbstractFunction1<Iterator<InternalRow>, Iterator<InternalRow>>
      implements Serializable {

    private static final long serialVersionUID = 1;

    @Override
    public Iterator<InternalRow> apply(Iterator<InternalRow> rows) {
      RowsInOrder order = SparkNode.ofTask().tasks().rows(TaskContext.get().taskAttemptId());
      return order == null ? rows : new TakenRows(rows, order);
    }
  }

  private final Iterator<InternalRow> rows;
  private final RowsInOrder order;

  private TakenRows(Iterator<InternalRow> rows, RowsInOrder order) {
    this.rows = rows;
    this.order = order;
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
