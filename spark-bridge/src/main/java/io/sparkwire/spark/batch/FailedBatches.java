package io.sparkwire.spark.batch;

import io.sparkwire.intake.FailureCause;
import io.sparkwire.intake.RetryPolicy;
import io.sparkwire.message.RowId;
import io.sparkwire.node.ServingNode;
import io.sparkwire.spark.batch.Batch.Input;
import io.sparkwire.spark.source.ServedQuery;
import java.util.function.Function;

/**
 * What becomes of batches that have failed. In a served query their rows are computed again, each
 * alone, and the request of a row that fails too often is quarantined while its task goes on. Where
 * no request is known the task fails.
 *
 * <p>Runs on: the task's {@link BatchThread}s. Thread-safe.
 */
public final class FailedBatches {

  private final Batches batches;
  private final RowLayout layout;
  private final Function<Exception, FailureCause> describe;
  private final ServedQuery served;
  private final ServingNode node;

  private FailedBatches(
      Batches batches,
      RowLayout layout,
      Function<Exception, FailureCause> describe,
      ServedQuery served,
      ServingNode node) {
    this.batches = batches;
    this.layout = layout;
    this.describe = describe;
    this.served = served;
    this.node = node;
  }

  /**
   * Those of a task of a served query.
   *
   * @param describe what clients and operators may read of a failure
   */
  public static FailedBatches served(
      Batches batches,
      RowLayout layout,
      Function<Exception, FailureCause> describe,
      ServedQuery query,
      ServingNode node) {
    return new FailedBatches(batches, layout, describe, query, node);
  }

  /** Those of any other task. */
  public static FailedBatches unserved(Batches batches, RowLayout layout) {
    return new FailedBatches(batches, layout, null, null, null);
  }

  /** A batch has failed. */
  public void failed(Batch batch, Exception cause) {
    if (served == null) {
      failTask(batch, cause);
    } else if (batch.isSingle() && batch.failures() + 1 >= retry().maxAttempts()) {
      end(batch.inputs().get(0), batch.failures() + 1, cause);
    } else {
      batches.again(batch.failedAlone());
    }
  }

  /** The task is to fail. */
  public void failTask(Batch batch, Exception cause) {
    batch.inputs().forEach(input -> input.done().accept(RowResult.failed(cause)));
  }

  private RetryPolicy retry() {
    return served.options().retry();
  }

  private void end(Input input, int failures, Exception cause) {
    RowId row = layout.row(input.row());
    if (row == null) {
      input.done().accept(RowResult.failed(cause));
      return;
    }
    String service = served.options().service().name();
    node.services()
        .epochs()
        .rowFailed(service, row.request(), failures, describe.apply(cause), retry());
    input.done().accept(RowResult.NOTHING);
  }
}
