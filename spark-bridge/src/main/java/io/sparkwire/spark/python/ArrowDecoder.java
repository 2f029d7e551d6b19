package io.sparkwire.spark.python;

import io.sparkwire.spark.version.ArrowSchemas;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorLoader;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ReadChannel;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
import org.apache.arrow.vector.ipc.message.MessageChannelReader;
import org.apache.arrow.vector.ipc.message.MessageResult;
import org.apache.arrow.vector.ipc.message.MessageSerializer;
import org.apache.arrow.vector.types.pojo.Schema;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.ArrowUtils;
import org.apache.spark.sql.vectorized.ArrowColumnVector;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.sql.vectorized.ColumnarBatch;

/**
 * Reads the record batches that a worker writes, as rows of Spark's own. Not thread-safe.
 *
 * <p>A worker writes its schema once in a run, after a marker of PySpark's; so the schema stays
 * with the run, for batches of the same run that other tasks get.
 */
final class ArrowDecoder implements AutoCloseable {

  private static final int MARKER_BYTES = Integer.BYTES;

  private final BufferAllocator allocator;
  private final StructType result;
  private final StructType expected;
  private final boolean framed;
  private final UnsafeProjection copy;
  private Schema schema;
  private VectorSchemaRoot root;

  ArrowDecoder(PlannedFunctions functions, BufferAllocator allocator) {
    this.allocator = allocator;
    this.result = functions.result();
    this.expected =
        ArrowUtils.fromArrowSchema(
            ArrowSchemas.of(
                result, functions.session().timeZone(), false, functions.session().largeTypes()));
    this.framed = functions.mapRows();
    this.copy = UnsafeProjection.create(result);
  }

  List<InternalRow> decode(byte[] output, WorkerRun run) throws IOException {
    List<InternalRow> rows = new ArrayList<>();
    int begin = run.output() == null ? Math.min(MARKER_BYTES, output.length) : 0;
    ByteArrayInputStream in = new ByteArrayInputStream(output, begin, output.length - begin);
    MessageChannelReader messages =
        new MessageChannelReader(new ReadChannel(Channels.newChannel(in)), allocator);
    for (MessageResult next = messages.readNext(); next != null; next = messages.readNext()) {
      if (next.getMessage().headerType() == MessageHeader.Schema) {
        run.output(MessageSerializer.deserializeSchema(next.getMessage()));
      } else {
        add(next, run.output(), rows);
      }
    }
    return rows;
  }

  private void add(MessageResult message, Schema of, List<InternalRow> rows) throws IOException {
    expect(of);
    try (ArrowRecordBatch batch =
        MessageSerializer.deserializeRecordBatch(message.getMessage(), message.getBodyBuffer())) {
      new VectorLoader(root).load(batch);
    }
    ColumnarBatch columns = new ColumnarBatch(columns());
    columns.setNumRows(root.getRowCount());
    for (Iterator<InternalRow> all = columns.rowIterator(); all.hasNext(); ) {
      rows.add(copy.apply(all.next()).copy());
    }
    root.clear();
  }

  /** Makes room for batches of a schema. */
  private void expect(Schema of) {
    if (!of.equals(schema)) {
      close();
      schema = of;
      root = VectorSchemaRoot.create(of, allocator);
      check(columns());
    }
  }

  private ColumnVector[] columns() {
    ArrowColumnVector[] columns =
        root.getFieldVectors().stream()
            .map(ArrowColumnVector::new)
            .toArray(ArrowColumnVector[]::new);
    return framed && columns.length == 1
        ? IntStream.range(0, result.size())
            .mapToObj(columns[0]::getChild)
            .toArray(ColumnVector[]::new)
        : columns;
  }

  private void check(ColumnVector[] columns) {
    boolean same = columns.length == expected.size();
    for (int i = 0; same && i < columns.length; i++) {
      DataType type = expected.fields()[i].dataType();
      same = DataType.equalsStructurally(type, columns[i].dataType(), true);
    }
    if (!same) {
      throw new IllegalArgumentException(
          "the functions must give columns of " + result.sql() + ", but they give " + schema);
    }
  }

  @Override
  public void close() {
    if (root != null) {
      root.close();
      root = null;
      schema = null;
    }
  }
}
