package io.sparkwire.spark.batch;

import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.JoinedRow;

/** Batches computed by a {@link BatchFunction}, whose results become columns of their rows. */
final class FunctionBatches implements BatchComputation {

  private final BatchFunction function;
  private final RowLayout layout;
  private final FailedBatches failures;

  FunctionBatches(BatchFunction function, RowLayout layout, FailedBatches failures) {
    this.function = function;
    this.layout = layout;
    this.failures = failures;
  }

  @Override
  @SuppressWarnings("Interruption") // a function that an interrupt ends has not failed on its rows
  public void run(Batch batch) throws InterruptedException {
    List<InternalRow> results;
    try {
      results = function.compute(batch.rows().stream().map(layout::arguments).toList());
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception e) {
      failures.failed(batch, e);
      return;
    } catch (LinkageError | OutOfMemoryError e) { // no fault of a row
      failures.failTask(batch, new IllegalStateException(e.toString(), e));
      return;
    }
    for (int i = 0; i < results.size(); i++) {
      InternalRow row = batch.inputs().get(i).row();
      InternalRow result = new JoinedRow(layout.kept(row), results.get(i));
      batch.inputs().get(i).done().accept(RowResult.of(row, result));
    }
  }

  @Override
  public void close() {
    // What the function has loaded has a lifetime of its own.
  }
}
