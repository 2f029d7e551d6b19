package io.sparkwire.spark.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Arrays;
import java.util.OptionalInt;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeArrayData;

/**
 * The reader of an ML vector: a JSON array of numbers, read as a dense vector.
 *
 * <p>The row it gives has the form of Spark's {@code VectorUDT}: kind, size, indices, values.
 *
 * <p>Runs on: task thread. Immutable, hence thread-safe.
 *
 * @param size how many numbers it must have; empty for any
 * @param element the reader of each number
 */
record JsonVectorReader(OptionalInt size, JsonDoubleReader element) implements JsonValueReader {
  static final Byte DENSE = 1;
  private static final int FIRST_LENGTH = 16;

  @Override
  public String type() {
    return size.isPresent()
        ? "VECTOR(%1$d), a JSON array of %1$d numbers".formatted(size.getAsInt())
        : "VECTOR, a JSON array of numbers";
  }

  @Override
  public InternalRow read(JsonParser parser) throws IOException {
    require(JsonToken.START_ARRAY, parser);
    double[] values = new double[FIRST_LENGTH];
    int length = 0;
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (length == values.length) {
        values = Arrays.copyOf(values, 2 * length);
      }
      values[length++] = element.readDouble(parser);
    }
    requireSize(size, length, parser);
    UnsafeArrayData data = UnsafeArrayData.fromPrimitiveArray(Arrays.copyOf(values, length));
    return new GenericInternalRow(new Object[] {DENSE, null, null, data});
  }
}
