package io.sparkwire.spark.catalyst;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeArrayData;
import org.apache.spark.sql.catalyst.util.ArrayBasedMapData;
import org.apache.spark.sql.catalyst.util.GenericArrayData;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.ByteType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.FloatType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.ShortType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.TimestampNTZType;
import org.apache.spark.sql.types.TimestampType;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * Made-up values of every type that a request may have, in Catalyst's form.
 *
 * <p>Immutable. Runs on: driver.
 *
 * @param number every number, and every element of a vector
 * @param text every text
 */
public record SampleValues(double number, String text) {

  private static final byte DENSE = 1;
  private static final int ANY_SIZE = 3;
  private static final long DAY = LocalDate.of(2026, 1, 31).toEpochDay();

  /** A row with a value in each of these columns. */
  public GenericInternalRow row(StructType columns) {
    return new GenericInternalRow(Arrays.stream(columns.fields()).map(this::of).toArray());
  }

  /** A value of a column, with the size that it has; null if a request has none of its type. */
  public Object of(StructField column) {
    return column.dataType() instanceof ArrayType array
        ? array(array, ArraySizes.of(column).orElse(1))
        : of(column.dataType());
  }

  /** A value of that type; null if it is none that a request may have. */
  public Object of(DataType type) {
    if (type instanceof StructType struct) {
      return row(struct);
    }
    if (type instanceof ArrayType array) {
      return array(array, 1);
    }
    if (type instanceof MapType map) {
      return new ArrayBasedMapData(
          new GenericArrayData(new Object[] {of(map.keyType())}),
          new GenericArrayData(new Object[] {of(map.valueType())}));
    }
    if (Ddl.isVector(type)) {
      return vector(Ddl.vectorSize(type).orElse(ANY_SIZE));
    }
    return type instanceof NumericType ? number(type) : plain(type);
  }

  private GenericArrayData array(ArrayType type, int size) {
    Object[] elements = new Object[size];
    Arrays.fill(elements, of(type.elementType()));
    return new GenericArrayData(elements);
  }

  private InternalRow vector(int size) {
    double[] values = new double[size];
    Arrays.fill(values, number);
    return new GenericInternalRow(
        new Object[] {DENSE, null, null, UnsafeArrayData.fromPrimitiveArray(values)});
  }

  private Object number(DataType type) {
    if (type instanceof DoubleType) {
      return number;
    }
    if (type instanceof FloatType) {
      return (float) number;
    }
    if (type instanceof IntegerType) {
      return (int) number;
    }
    if (type instanceof LongType) {
      return (long) number;
    }
    if (type instanceof ShortType) {
      return (short) number;
    }
    return type instanceof ByteType ? (Object) (byte) number : decimal((DecimalType) type);
  }

  private Decimal decimal(DecimalType type) {
    boolean fits = type.precision() > type.scale();
    BigDecimal value = fits ? BigDecimal.valueOf((long) number) : BigDecimal.ZERO;
    return Decimal.apply(value, type.precision(), type.scale());
  }

  private Object plain(DataType type) {
    if (type instanceof StringType) {
      return UTF8String.fromString(text);
    }
    if (type instanceof BinaryType) {
      return text.getBytes(StandardCharsets.UTF_8);
    }
    if (type instanceof BooleanType) {
      return true;
    }
    if (type instanceof DateType) {
      return (int) DAY;
    }
    boolean isTime = type instanceof TimestampType || type instanceof TimestampNTZType;
    return isTime ? (Object) TimeUnit.DAYS.toMicros(DAY) : null;
  }
}
