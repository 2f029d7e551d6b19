package io.sparkwire.spark.source;

import io.sparkwire.intake.FailedRequests;
import io.sparkwire.intake.FailureCause;
import io.sparkwire.intake.RetryPolicy;
import io.sparkwire.message.RequestId;
import io.sparkwire.message.RowId;
import io.sparkwire.node.ServingNode;
import io.sparkwire.spark.node.SparkNode;
import java.io.Serializable;
import java.util.NoSuchElementException;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.catalyst.InternalRow;
import scala.collection.AbstractIterator;
import scala.collection.Iterator;
import scala.runtime.AbstractFunction1;

/**
 * The rows that a task gets from others, by a shuffle, and computes and writes one by one.
 *
 * <p>If the task fails, the row that it was computing is known, and the failure counts against that
 * row's request. Spark tries the task again with the same rows, of which those of quarantined
 * requests are left out. So the query goes on, and all other requests wait for the attempts only.
 * What has come out of a second attempt is not computed by a third: however many rows of a task
 * fail, any other is computed twice at most in one JVM. Runs on: task thread. Not thread-safe.
 */
final class ShuffledRows extends AbstractIterator<InternalRow> {

  /** Makes them of the rows of each partition. Immutable. */
  static final class Maker extends AbstractFunction1<Iterator<InternalRow>, Iterator<InternalRow>>
      implements Serializable {

    private static final long serialVersionUID = 1;

    private final ServedQuery served;
    private final int id;

    Maker(ServedQuery served, int id) {
      this.served = served;
      this.id = id;
    }

    @Override
    public Iterator<InternalRow> apply(Iterator<InternalRow> rows) {
      TaskContext task = TaskContext.get();
      ShuffledRows made = new ShuffledRows(served, id, rows, task);
      task.addTaskFailureListener(made::taskFailed);
      return made;
    }
  }

  private final ServedQuery served;
  private final int id;
  private final Iterator<InternalRow> rows;
  private final ServingNode node = SparkNode.ofTask();
  private final FailedRequests failed;
  private final TaskContext task;
  private InternalRow next;

  /** Null unless a row is on its way to the writer. */
  private InternalRow computed;

  private ShuffledRows(ServedQuery served, int id, Iterator<InternalRow> rows, TaskContext task) {
    this.served = served;
    this.id = id;
    this.rows = rows;
    this.task = task;
    this.failed = node.services().epochs().failed(service(), served.query().checkpoint(), retry());
  }

  private String service() {
    return served.options().service().name();
  }

  private RetryPolicy retry() {
    return served.options().retry();
  }

  @Override
  public boolean hasNext() {
    isThrough(computed);
    computed = null; // a failure to get a row from the shuffle is not the fault of the last one
    while (next == null && rows.hasNext()) {
      InternalRow row = rows.next();
      next = isLeftOut(row) ? null : row;
    }
    return next != null;
  }

  /** Only a task that has failed before may fail again on many rows. */
  private void isThrough(InternalRow row) {
    if (row != null && task.attemptNumber() > 0 && writes()) {
      RowId of = ServedQuery.rowId(row, id);
      if (of != null) {
        failed.isThrough(task.stageId(), of);
      }
    }
  }

  /** Whether the rows go to a writer of replies: any other sink has to get all of them again. */
  private boolean writes() {
    return node.tasks().writes(task.taskAttemptId());
  }

  private boolean isLeftOut(InternalRow row) {
    if (failed.isEmpty()) {
      return false;
    }
    RowId of = ServedQuery.rowId(row, id);
    return of != null && failed.leavesOut(task.stageId(), of);
  }

  @Override
  public InternalRow next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    computed = next;
    next = null;
    return computed;
  }

  private void taskFailed(TaskContext ended, Throwable cause) {
    boolean interrupted = task.isInterrupted() || QueryFailures.isLostDriver(cause);
    if (computed == null || interrupted || !writes()) { // it may be the fault of something else
      return;
    }
    RowId row = ServedQuery.rowId(computed, id);
    if (row != null) {
      failedOn(row.request(), QueryFailures.describe(cause));
      TaskRetry.order(task);
    }
  }

  private void failedOn(RequestId request, FailureCause cause) {
    served.on(node);
    String query = served.query().checkpoint();
    node.services().epochs().taskFailed(service(), query, request, cause, retry());
  }
}
