package io.sparkwire.spark.python;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;

/** The form in which rows travel to a worker and back. Runs on: a task's thread of batches. */
interface Codec extends AutoCloseable {

  /**
   * A batch.
   *
   * @param arguments rows of the columns that functions get
   * @param run of the worker that will get the batch
   */
  ByteBuffer encode(List<InternalRow> arguments, WorkerRun run) throws IOException;

  /**
   * The rows that a worker has written.
   *
   * @param run in which it did
   */
  List<InternalRow> decode(byte[] output, WorkerRun run) throws IOException;

  @Override
  void close();

  static Codec of(PlannedFunctions functions) {
    return functions.kind() == Kinds.PICKLED
        ? new PickleCodec(functions)
        : new ArrowCodec(functions);
  }
}
