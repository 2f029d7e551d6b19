package io.sparkwire.python;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.complex.StructVector;
import org.apache.arrow.vector.ipc.ArrowStreamWriter;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.FieldType;

/**
 * Batches of numbers as Spark sends them: a column in a struct for iterators of frames, otherwise
 * the column.
 */
final class ArrowBatches implements AutoCloseable {

  private final BufferAllocator allocator = new RootAllocator();
  private final StructVector struct = StructVector.empty("struct", allocator);
  private final BigIntVector numbers =
      struct.addOrGet("x", FieldType.nullable(new ArrowType.Int(64, true)), BigIntVector.class);
  private final VectorSchemaRoot root;
  private ByteArrayOutputStream bytes;
  private ArrowStreamWriter writer;

  ArrowBatches(boolean inStruct) {
    root = VectorSchemaRoot.of(inStruct ? struct : numbers);
    restart();
  }

  /** Begins a stream, with its schema before the next batch. */
  void restart() {
    bytes = new ByteArrayOutputStream();
    writer = new ArrowStreamWriter(root, null, bytes);
  }

  ByteBuffer batch(long... values) throws IOException {
    struct.setInitialCapacity(values.length);
    struct.allocateNew();
    for (int i = 0; i < values.length; i++) {
      struct.setIndexDefined(i);
      numbers.setSafe(i, values[i]);
    }
    struct.setValueCount(values.length);
    root.setRowCount(values.length);
    writer.writeBatch();
    ByteBuffer batch = ByteBuffer.wrap(bytes.toByteArray());
    bytes.reset();
    return batch;
  }

  @Override
  public void close() {
    struct.close();
    allocator.close();
  }
}
