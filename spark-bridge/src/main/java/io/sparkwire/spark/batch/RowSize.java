package io.sparkwire.spark.batch;

import java.util.function.ToLongFunction;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * About how many bytes a row has: enough to tell large rows from small ones. Elements of arrays and
 * maps count as numbers.
 *
 * @param first from which column on they count
 */
public record RowSize(StructType type, int first) implements ToLongFunction<InternalRow> {

  private static final int NUMBER = 8;

  @Override
  public long applyAsLong(InternalRow row) {
    StructField[] fields = type.fields();
    long bytes = 0;
    for (int i = 0; i < fields.length; i++) {
      bytes += row.isNullAt(first + i) ? 0 : of(row, first + i, fields[i].dataType());
    }
    return bytes;
  }

  private static long of(InternalRow row, int i, DataType type) {
    if (type instanceof StringType) {
      return row.getUTF8String(i).numBytes();
    } else if (type instanceof BinaryType) {
      return row.getBinary(i).length;
    } else if (type instanceof StructType struct) {
      return new RowSize(struct, 0).applyAsLong(row.getStruct(i, struct.size()));
    } else if (type instanceof ArrayType) {
      return (long) NUMBER * row.getArray(i).numElements();
    } else if (type instanceof MapType) {
      return 2L * NUMBER * row.getMap(i).numElements();
    }
    return NUMBER;
  }
}
