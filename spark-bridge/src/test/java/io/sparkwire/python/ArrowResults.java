package io.sparkwire.python;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.complex.StructVector;
import org.apache.arrow.vector.ipc.ArrowStreamReader;

/** The numbers of the first column, from the Arrow stream of one run. */
final class ArrowResults implements AutoCloseable {

  /** PySpark's mark before the stream. */
  private static final int START_ARROW_STREAM = -6;

  private final BufferAllocator allocator = new RootAllocator();
  private final Received received = new Received();
  private ArrowStreamReader reader;

  /** What has been received and not been read. */
  private static final class Received extends InputStream {

    private ByteBuffer bytes = ByteBuffer.allocate(0);

    @Override
    public int read() {
      return bytes.hasRemaining() ? bytes.get() & 0xff : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
      int count = Math.min(length, bytes.remaining());
      bytes.get(target, offset, count);
      return count == 0 && length > 0 ? -1 : count;
    }
  }

  /** The next stream begins. */
  void restart() throws IOException {
    close();
    reader = null;
  }

  List<Long> numbers(byte[] output) throws IOException {
    List<Long> all = new ArrayList<>();
    received.bytes = ByteBuffer.wrap(output);
    if (reader == null && output.length > 0) {
      if (received.bytes.getInt() != START_ARROW_STREAM) {
        throw new IllegalStateException("no Arrow stream");
      }
      reader = new ArrowStreamReader(received, allocator);
    }
    while (received.bytes.hasRemaining() && reader.loadNextBatch()) {
      FieldVector column = reader.getVectorSchemaRoot().getVector(0);
      if (column instanceof StructVector struct) {
        column = struct.getChildrenFromFields().get(0);
      }
      for (int i = 0; i < column.getValueCount(); i++) {
        all.add(((BigIntVector) column).get(i));
      }
    }
    return all;
  }

  @Override
  public void close() throws IOException {
    if (reader != null) {
      reader.close();
    }
  }
}
