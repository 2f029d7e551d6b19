package io.sparkwire.spark.python;

import io.sparkwire.intake.FailureCause;
import io.sparkwire.python.PythonException;
import io.sparkwire.spark.batch.Batch;
import io.sparkwire.spark.batch.Batch.Input;
import io.sparkwire.spark.batch.Batches;
import io.sparkwire.spark.batch.FailedBatches;
import io.sparkwire.spark.batch.RowResult;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a task sends to workers, and what becomes of what they return.
 *
 * <p>Runs on: the task's thread of batches. Not thread-safe.
 */
final class BatchWork implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(BatchWork.class);

  private final PythonCalls calls;
  private final Batches batches;
  private final Codec codec;
  private final FailedBatches failures;

  BatchWork(PythonCalls calls, Batches batches, Codec codec, FailedBatches failures) {
    this.calls = calls;
    this.batches = batches;
    this.codec = codec;
    this.failures = failures;
  }

  Batches batches() {
    return batches;
  }

  long timeoutNanos() {
    return calls.served().options().python().timeout().toNanos();
  }

  ByteBuffer encode(Batch batch, WorkerRun run) throws IOException {
    List<InternalRow> arguments = new ArrayList<>(batch.inputs().size());
    batch.rows().forEach(row -> arguments.add(calls.layout().arguments(row)));
    return codec.encode(arguments, run);
  }

  /** A worker has written its output for a batch. */
  void finish(Batch batch, byte[] output, WorkerRun run) {
    List<InternalRow> rows;
    try {
      rows = codec.decode(output, run);
      check(batch, rows);
    } catch (IOException | WrongResultException | RuntimeException e) {
      failed(batch, e);
      return;
    }
    if (calls.functions().mapRows()) {
      // The first input has the rows of all: they are taken together.
      batch.inputs().get(0).done().accept(new RowResult(batch.rows(), rows, null));
      batch.inputs().stream().skip(1).forEach(input -> input.done().accept(RowResult.NOTHING));
    } else {
      for (int i = 0; i < rows.size(); i++) {
        Input input = batch.inputs().get(i);
        InternalRow row = calls.layout().joined(input.row(), rows.get(i));
        input.done().accept(RowResult.of(input.row(), row));
      }
    }
  }

  private void check(Batch batch, List<InternalRow> rows) throws WrongResultException {
    if (!calls.functions().mapRows() && rows.size() != batch.inputs().size()) {
      throw new WrongResultException(
          "the function must give a value for each of "
              + batch.inputs().size()
              + " rows before it asks for more, but it gave "
              + rows.size());
    }
  }

  /**
   * A worker has failed on the first of some batches, and not computed the others.
   *
   * @param cause null if it did not fail on the first one either
   */
  void lost(List<Batch> unfinished, Exception cause) {
    if (cause == null) {
      again(unfinished);
    } else {
      again(unfinished.subList(1, unfinished.size()));
      failed(unfinished.get(0), cause);
    }
  }

  /** The task is to fail. */
  void failTask(Batch batch, Exception cause) {
    failures.failTask(batch, cause);
  }

  /** Has batches computed next. */
  void again(List<Batch> unfinished) {
    batches.again(unfinished);
  }

  /** Functions have failed on a batch. */
  void failed(Batch batch, Exception cause) {
    LOG.debug("functions failed on {} rows: {}", batch.inputs().size(), details(cause));
    failures.failed(batch, cause);
  }

  private static String details(Exception cause) {
    return cause instanceof PythonException python ? python.traceback() : cause.toString();
  }

  /** What clients and operators may read of a failure. */
  static FailureCause describe(Exception cause) {
    String type =
        cause instanceof PythonException python ? python.type() : cause.getClass().getName();
    return new FailureCause(type, null, cause.getMessage());
  }

  @Override
  public void close() {
    codec.close();
  }
}
