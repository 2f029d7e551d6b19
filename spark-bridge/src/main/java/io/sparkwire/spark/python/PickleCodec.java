package io.sparkwire.spark.python;

import io.sparkwire.spark.catalyst.PlanColumns;
import io.sparkwire.spark.version.Pickles;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import net.razorvine.pickle.Unpickler;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.execution.python.EvaluatePython;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import scala.Function1;
import scala.collection.Iterator;

/** Pickled rows, as Spark's own workers get and give them. Not thread-safe. */
final class PickleCodec implements Codec {

  private final StructType input;
  private final boolean binaryAsBytes;
  private final boolean single;
  private final Function1<Object, Object> toRow;
  private final Unpickler unpickler = new Unpickler();

  PickleCodec(PlannedFunctions functions) {
    EvaluatePython.registerPicklers();
    input = functions.input();
    binaryAsBytes = functions.session().binaryAsBytes();
    single = functions.result().size() == 1;
    toRow = EvaluatePython.makeFromJava(resultType(functions.result()));
  }

  /** A single function gives a value, several give a tuple. */
  private static DataType resultType(StructType result) {
    if (result.size() == 1) {
      return result.fields()[0].dataType();
    }
    StructType tuple = new StructType();
    for (StructField field : result.fields()) {
      tuple = tuple.add(new StructField("", field.dataType(), field.nullable(), Metadata.empty()));
    }
    return tuple;
  }

  @Override
  public ByteBuffer encode(List<InternalRow> arguments, WorkerRun run) {
    Iterator<InternalRow> rows = PlanColumns.<InternalRow>sequence(arguments).iterator();
    byte[] pickled = Pickles.of(rows, input, arguments.size(), binaryAsBytes);
    ByteBuffer framed = ByteBuffer.allocate(Integer.BYTES + pickled.length);
    return framed.putInt(pickled.length).put(pickled).flip();
  }

  @Override
  public List<InternalRow> decode(byte[] output, WorkerRun run) throws IOException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(output));
    List<InternalRow> rows = new ArrayList<>();
    while (in.available() > 0) {
      byte[] pickled = new byte[Math.max(0, in.readInt())];
      in.readFully(pickled);
      if (pickled.length > 0) {
        for (Object value : (List<?>) unpickler.loads(pickled)) {
          rows.add(row(value));
        }
      }
    }
    return rows;
  }

  private InternalRow row(Object value) {
    Object result = toRow.apply(value);
    return single ? new GenericInternalRow(new Object[] {result}) : (InternalRow) result;
  }

  @Override
  public void close() {}
}
