package io.sparkwire.spark.python;

import io.sparkwire.node.ServingNode;
import io.sparkwire.python.PythonPool;
import io.sparkwire.spark.plan.RowWork;
import java.util.Iterator;
import java.util.function.Consumer;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * The Python functions of one partition: they get all rows that are queued, and wait for no more.
 *
 * <p>Thread-safe as {@link RowWork} asks.
 */
final class PythonRows implements RowWork<PythonResult> {

  /** Rows for two batches in flight, and for one that is queued meanwhile. */
  private static final int BATCHES_HELD = 3;

  private final PythonCalls calls;
  private final Batches batches;
  private final PythonThread thread;
  private final LeftOutRows leftOut;

  private PythonRows(PythonCalls calls, Batches batches, PythonThread thread, LeftOutRows leftOut) {
    this.calls = calls;
    this.batches = batches;
    this.thread = thread;
    this.leftOut = leftOut;
  }

  static PythonRows of(PythonCalls calls, PythonPool pool, ServingNode node) {
    PlannedFunctions functions = calls.functions();
    Batches batches =
        new Batches(
            calls.served().options().python().batchRows(),
            new RowSize(functions.input(), Math.max(0, calls.layout().kept())));
    BatchWork work =
        new BatchWork(calls, batches, Codec.of(functions), new FailedRows(calls, node));
    return new PythonRows(
        calls, batches, new PythonThread(pool, work), new LeftOutRows(calls, node));
  }

  @Override
  public int window() {
    return Math.multiplyExact(BATCHES_HELD, calls.served().options().python().batchRows());
  }

  /** Rows that failed come later than others. */
  @Override
  public boolean isOrdered() {
    return false;
  }

  @Override
  public void start(InternalRow row, Consumer<PythonResult> done) {
    batches.add(new Batch.Input(row, done));
    thread.startOnce();
  }

  @Override
  public Iterator<InternalRow> rows(PythonResult result) {
    if (result.failure() != null) {
      throw new IllegalStateException(result.failure().getMessage(), result.failure());
    }
    return new GivenRows(result, leftOut);
  }

  @Override
  public void close() {
    thread.close();
  }
}
