package io.sparkwire.spark.python;

import io.sparkwire.intake.FailureCause;
import io.sparkwire.intake.RetryPolicy;
import io.sparkwire.message.RowId;
import io.sparkwire.node.ServingNode;
import io.sparkwire.python.PythonException;
import io.sparkwire.spark.python.Batch.Input;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What becomes of a row on which functions have failed too often: its request is quarantined, and
 * its task goes on. Without an id of its request the task fails.
 *
 * <p>Runs on: Python thread of a task. Thread-safe.
 */
final class FailedRows {

  private static final Logger LOG = LoggerFactory.getLogger(FailedRows.class);

  private final PythonCalls calls;
  private final ServingNode node;

  FailedRows(PythonCalls calls, ServingNode node) {
    this.calls = calls;
    this.node = node;
  }

  /** How often functions may fail on a row. */
  int mostFailures() {
    return retry().maxAttempts();
  }

  private RetryPolicy retry() {
    return calls.served().options().retry();
  }

  /** Ends a row. */
  void end(Input input, int failures, Exception cause) {
    RowId row = calls.layout().row(input.row());
    if (row == null) {
      input.done().accept(PythonResult.failed(cause));
      return;
    }
    LOG.debug("functions failed on row {}: {}", row, details(cause));
    String service = calls.served().options().service().name();
    node.services().epochs().rowFailed(service, row.request(), failures, describe(cause), retry());
    input.done().accept(PythonResult.NOTHING);
  }

  private static String details(Exception cause) {
    return cause instanceof PythonException python ? python.traceback() : cause.toString();
  }

  private static FailureCause describe(Exception cause) {
    String type =
        cause instanceof PythonException python ? python.type() : cause.getClass().getName();
    return new FailureCause(type, null, cause.getMessage());
  }
}
