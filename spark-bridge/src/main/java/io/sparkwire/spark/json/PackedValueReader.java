package io.sparkwire.spark.json;

import io.sparkwire.spark.catalyst.Ddl;
import io.sparkwire.wire.PackedType;
import io.sparkwire.wire.RowLayout;
import java.util.OptionalInt;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeArrayData;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.FloatType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * The way packed values of one type are taken as they are into Catalyst's form.
 *
 * <p>Runs on: task thread. Stateless, hence thread-safe.
 */
@FunctionalInterface
interface PackedValueReader {

  /** The next value, whose elements are not null; null if it cannot be taken as it is. */
  Object read(PackedRow row);

  /** The reader of a column into a type; null if none of its values can be taken as they are. */
  static PackedValueReader of(
      RowLayout.Column column, DataType type, JsonStructReader.Field field) {
    boolean isNumber = column.type() == PackedType.FP64 || column.type() == PackedType.INT64;
    boolean isReal = column.type() == PackedType.FP64;
    boolean ofDoubles =
        Ddl.isVector(type)
            || (type instanceof ArrayType a && a.elementType() instanceof DoubleType);
    if (column.isArray() && ofDoubles) {
      boolean fits = isNumber && size(field.reader()).orElse(column.width()) == column.width();
      return fits ? arrays(column.width(), isReal, type) : null;
    }
    if (column.elements() != 1) {
      return null;
    }
    if (isNumber && field.reader() instanceof JsonIntegralReader integral) {
      return isReal ? row -> integral.ofReal(row.real()) : row -> integral.ofWhole(row.whole());
    }
    if (isNumber && type instanceof DoubleType) {
      return isReal ? row -> finite(row.real()) : row -> (double) row.whole();
    }
    if (isNumber && type instanceof FloatType) {
      return isReal ? row -> finite((float) row.real()) : row -> (float) row.whole();
    }
    return ofBytes(column.type(), type);
  }

  private static PackedValueReader ofBytes(PackedType packed, DataType type) {
    if (packed == PackedType.BOOL && type instanceof BooleanType) {
      return PackedRow::truth;
    }
    if (packed == PackedType.TEXT && type instanceof StringType) {
      return row -> UTF8String.fromBytes(row.bytes());
    }
    if (packed == PackedType.BYTES && type instanceof StringType) {
      return row -> text(row.bytes());
    }
    return packed == PackedType.BYTES && type instanceof BinaryType ? PackedRow::bytes : null;
  }

  private static Object text(byte[] bytes) {
    return Utf8.isWellFormed(bytes) ? UTF8String.fromBytes(bytes) : null;
  }

  /** How many elements a reader of arrays or vectors wants; empty for any number. */
  private static OptionalInt size(JsonValueReader reader) {
    if (reader instanceof JsonStoredVectorReader vector) {
      return vector.array().size();
    }
    return reader instanceof JsonSizedArrayReader sized
        ? OptionalInt.of(sized.size())
        : OptionalInt.empty();
  }

  private static Object finite(double value) {
    return Double.isFinite(value) ? value : null;
  }

  private static Object finite(float value) {
    return Float.isFinite(value) ? value : null;
  }

  private static PackedValueReader arrays(int width, boolean isReal, DataType type) {
    return row -> {
      double[] values = new double[width];
      boolean finite = true;
      for (int i = 0; i < width; i++) {
        values[i] = isReal ? row.real() : row.whole();
        finite &= Double.isFinite(values[i]);
      }
      return finite ? array(values, type) : null;
    };
  }

  private static Object array(double[] values, DataType type) {
    UnsafeArrayData array = UnsafeArrayData.fromPrimitiveArray(values);
    return Ddl.isVector(type)
        ? new GenericInternalRow(new Object[] {JsonVectorReader.DENSE, null, null, array})
        : array;
  }
}
