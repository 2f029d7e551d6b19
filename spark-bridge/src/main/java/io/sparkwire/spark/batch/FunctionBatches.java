package io.sparkwire.spark.batch;

import java.util.List;
import java.util.function.LongSupplier;
import org.apache.spark.sql.catalyst.InternalRow;

/** Batches computed by a {@link BatchFunction}, whose results become columns of their rows. */
final class FunctionBatches implements BatchComputation {

  private final BatchFunction function;
  private final RowLayout layout;
  private final FailedBatches failures;
  private final BatchPace pace;
  private final LongSupplier nanoTime;

  FunctionBatches(
      BatchFunction function,
      RowLayout layout,
      FailedBatches failures,
      BatchPace pace,
      LongSupplier nanoTime) {
    this.function = function;
    this.layout = layout;
    this.failures = failures;
    this.pace = pace;
    this.nanoTime = nanoTime;
  }

  @Override
  @SuppressWarnings("Interruption") // a function that an interrupt ends has not failed on its rows
  public void run(Batch batch) throws InterruptedException {
    long began = nanoTime.getAsLong();
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
    pace.computed(results.size(), nanoTime.getAsLong() - began);
    for (int i = 0; i < results.size(); i++) {
      InternalRow row = batch.inputs().get(i).row();
      RowResult result = RowResult.of(row, layout.joined(row, results.get(i)));
      batch.inputs().get(i).done().accept(result);
    }
  }

  @Override
  public void close() {
    // What the function has loaded has a lifetime of its own.
  }
}
