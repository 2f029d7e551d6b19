package io.sparkwire.spark.python;

import io.sparkwire.spark.version.ArrowSchemas;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.VectorUnloader;
import org.apache.arrow.vector.ipc.WriteChannel;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
import org.apache.arrow.vector.ipc.message.MessageSerializer;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.execution.arrow.ArrowWriter;
import org.apache.spark.sql.types.StructType;

/** Writes rows as record batches. Not thread-safe. */
final class ArrowEncoder implements AutoCloseable {

  /** What map functions get is one column, in which PySpark sees a frame. */
  private static final String FRAME = "struct";

  private final VectorSchemaRoot root;
  private final VectorUnloader unloader;
  private final ArrowWriter writer;
  private final boolean framed;

  ArrowEncoder(PlannedFunctions functions, BufferAllocator allocator) {
    framed = functions.mapRows();
    StructType type = framed ? new StructType().add(FRAME, functions.input()) : functions.input();
    root =
        VectorSchemaRoot.create(
            ArrowSchemas.of(
                type, functions.session().timeZone(), true, functions.session().largeTypes()),
            allocator);
    unloader = new VectorUnloader(root);
    writer = ArrowWriter.create(root);
  }

  ByteBuffer encode(List<InternalRow> rows, WorkerRun run) throws IOException {
    try {
      for (InternalRow row : rows) {
        writer.write(framed ? new GenericInternalRow(new Object[] {row}) : row);
      }
      writer.finish();
      return message(run);
    } finally {
      writer.reset();
    }
  }

  private ByteBuffer message(WorkerRun run) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    WriteChannel out = new WriteChannel(Channels.newChannel(bytes));
    if (!run.learnInput()) {
      MessageSerializer.serialize(out, root.getSchema());
    }
    try (ArrowRecordBatch batch = unloader.getRecordBatch()) {
      MessageSerializer.serialize(out, batch);
    }
    return ByteBuffer.wrap(bytes.toByteArray());
  }

  @Override
  public void close() {
    root.close();
  }
}
