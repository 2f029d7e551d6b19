package io.sparkwire.spark.batch;

import io.sparkwire.intake.PassedRows;
import io.sparkwire.message.RowId;
import io.sparkwire.message.ServiceSpec;
import io.sparkwire.node.ServingNode;
import io.sparkwire.spark.source.ServedQuery;
import java.util.List;
import java.util.Set;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * The rows that a step, or one above it, has left out.
 *
 * <p>Runs on: the thread that asks for rows. Not thread-safe.
 */
final class LeftOutRows {

  private final ServedQuery served;
  private final RowLayout layout;
  private final ServingNode node;
  private PassedRows.Counter passed;
  private boolean begun;

  LeftOutRows(ServedQuery served, RowLayout layout, ServingNode node) {
    this.served = served;
    this.layout = layout;
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

  /** The id of a row that was made; null if it is not known. */
  RowId rowOf(InternalRow given) {
    return layout.makesRows() ? layout.resultRow(given) : layout.row(given);
  }

  /** Whether rows that were made say whose they are. */
  boolean areKnown() {
    return layout.makesRows() ? layout.resultId() >= 0 : layout.id() >= 0;
  }

  /**
   * Answers what has been left out.
   *
   * @param inputs rows that were computed
   * @param arrived the ids of those rows that have passed
   */
  void answer(List<InternalRow> inputs, Set<RowId> arrived) {
    ServiceSpec service = served.options().service();
    for (InternalRow input : inputs) {
      RowId id = layout.row(input);
      if (id != null && !arrived.contains(id)) {
        node.services().epochs().rowLeftOut(service, id);
      }
    }
  }
}
