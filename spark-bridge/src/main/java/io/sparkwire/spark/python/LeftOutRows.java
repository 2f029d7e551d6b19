package io.sparkwire.spark.python;

import io.sparkwire.intake.PassedRows;
import io.sparkwire.message.RowId;
import io.sparkwire.message.ServiceSpec;
import io.sparkwire.node.ServingNode;
import java.util.List;
import java.util.Set;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * The rows that a function, or a step above it, has left out.
 *
 * <p>Runs on: the thread that asks for rows. Not thread-safe.
 */
final class LeftOutRows {

  private final PythonCalls calls;
  private final ServingNode node;
  private PassedRows.Counter passed;
  private boolean begun;

  LeftOutRows(PythonCalls calls, ServingNode node) {
    this.calls = calls;
    this.node = node;
  }

  /** How many rows have passed the steps above; -1 if that is not known. */
  long passed() {
    if (!begun) { // the writer of a task is made after its steps
      begun = true;
      PassedRows rows = node.tasks().passed(TaskContext.get().taskAttemptId());
      passed = rows == null ? null : rows.ofThisThread();
    }
    return passed == null ? -1 : passed.rows();
  }

  /** The id of a row that functions have given; null if it is not known. */
  RowId rowOf(InternalRow given) {
    return calls.functions().mapRows()
        ? calls.layout().resultRow(given)
        : calls.layout().row(given);
  }

  /** Whether rows that functions give say whose they are. */
  boolean areKnown() {
    return calls.functions().mapRows() ? calls.layout().resultId() >= 0 : calls.layout().id() >= 0;
  }

  /**
   * Answers what has been left out.
   *
   * @param inputs rows that functions got
   * @param arrived the ids of those rows that have passed
   */
  void answer(List<InternalRow> inputs, Set<RowId> arrived) {
    ServiceSpec service = calls.served().options().service();
    for (InternalRow input : inputs) {
      RowId id = calls.layout().row(input);
      if (id != null && !arrived.contains(id)) {
        node.services().epochs().rowLeftOut(service, id);
      }
    }
  }
}
