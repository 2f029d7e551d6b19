package io.sparkwire.spark.plan;

import io.sparkwire.intake.PassedRows;
import io.sparkwire.spark.node.SparkNode;
import java.util.Iterator;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * The rows that a step reads, counted if they pass through their task by steps.
 *
 * <p>Runs on: feeder thread. Not thread-safe.
 */
final class CountedRows implements Iterator<InternalRow> {

  private final Iterator<InternalRow> rows;
  private PassedRows.Counter passed;
  private boolean begun;

  CountedRows(Iterator<InternalRow> rows) {
    this.rows = rows;
  }

  @Override
  public boolean hasNext() {
    if (!begun) {
      begun = true;
      PassedRows bySteps = SparkNode.ofTask().tasks().passed(TaskContext.get().taskAttemptId());
      passed = bySteps == null ? null : bySteps.ofThisThread();
    }
    return rows.hasNext();
  }

  @Override
  public InternalRow next() {
    if (passed != null) {
      passed.passed();
    }
    return rows.next();
  }
}
