package io.sparkwire.onnx;

import io.sparkwire.onnx.session.TensorBuffer;
import java.util.Arrays;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.ByteType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.FloatType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.ShortType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * Values of columns as parts of tensors: numbers, texts, arrays of them that are nested evenly,
 * bytes and ML vectors.
 *
 * <p>Stateless.
 */
final class ColumnValue {

  private static final int[] SCALAR = {};

  /** How Spark's internal rows hold a vector: type, size, indices, values. */
  private static final int VECTOR_FIELDS = 4;

  private ColumnValue() {}

  static boolean isVector(DataType type) {
    return type.equals(SQLDataTypes.VectorType());
  }

  /** Whether values of a type can be parts of tensors. */
  static boolean isKnown(DataType type) {
    if (type instanceof ArrayType array) {
      return isKnown(array.elementType());
    }
    return isVector(type) || type instanceof BinaryType || isScalar(type);
  }

  private static boolean isScalar(DataType type) {
    return type instanceof FloatType
        || type instanceof DoubleType
        || type instanceof IntegerType
        || type instanceof LongType
        || type instanceof ShortType
        || type instanceof ByteType
        || type instanceof BooleanType
        || type instanceof StringType;
  }

  /** How many elements a value has on each of its axes. */
  static int[] shape(Object value, DataType type) {
    if (type instanceof ArrayType array) {
      return shape((ArrayData) value, array.elementType());
    }
    if (type instanceof BinaryType) {
      return new int[] {((byte[]) value).length};
    }
    return isVector(type) ? new int[] {vectorSize((InternalRow) value)} : SCALAR;
  }

  private static int[] shape(ArrayData array, DataType element) {
    int length = array.numElements();
    if (isScalar(element)) {
      return new int[] {length};
    }
    int[] inner = null;
    for (int i = 0; i < length; i++) {
      int[] next = shape(present(array, i, element), element);
      if (inner != null && !Arrays.equals(inner, next)) {
        throw new IllegalArgumentException(
            "arrays within an array must have the same shape, got "
                + Arrays.toString(inner)
                + " and "
                + Arrays.toString(next));
      }
      inner = next;
    }
    int[] shape = new int[1 + (inner == null ? 0 : inner.length)];
    shape[0] = length;
    if (inner != null) {
      System.arraycopy(inner, 0, shape, 1, inner.length);
    }
    return shape;
  }

  private static Object present(ArrayData array, int i, DataType element) {
    requirePresent(array, i);
    return array.get(i, element);
  }

  private static void requirePresent(ArrayData array, int i) {
    if (array.isNullAt(i)) {
      throw new IllegalArgumentException("an array has null at " + i + ", where a value must be");
    }
  }

  /** Adds all elements of a value, the last axis fastest. */
  static void put(Object value, DataType type, TensorBuffer to) {
    if (type instanceof ArrayType array) {
      put((ArrayData) value, array, to);
    } else if (type instanceof BinaryType) {
      to.put((byte[]) value);
    } else if (isVector(type)) {
      to.put(vector((InternalRow) value));
    } else if (value instanceof UTF8String text) {
      to.put(text.toString());
    } else if (value instanceof Boolean truth) {
      to.put(truth ? 1L : 0L);
    } else if (value instanceof Float || value instanceof Double) {
      to.put(((Number) value).doubleValue());
    } else {
      to.put(((Number) value).longValue());
    }
  }

  private static void put(ArrayData array, ArrayType type, TensorBuffer to) {
    DataType element = type.elementType();
    if (type.containsNull()) {
      for (int i = 0; i < array.numElements(); i++) {
        requirePresent(array, i);
      }
    }
    if (element instanceof FloatType) {
      to.put(array.toFloatArray());
    } else if (element instanceof DoubleType) {
      to.put(array.toDoubleArray());
    } else if (element instanceof IntegerType) {
      to.put(array.toIntArray());
    } else if (element instanceof LongType) {
      to.put(array.toLongArray());
    } else {
      for (int i = 0; i < array.numElements(); i++) {
        put(array.get(i, element), element, to);
      }
    }
  }

  private static int vectorSize(InternalRow vector) {
    return vector.isNullAt(1) ? vector.getArray(3).numElements() : vector.getInt(1);
  }

  /** The numbers of a vector, dense or sparse. */
  private static double[] vector(InternalRow vector) {
    double[] values = vector.getArray(VECTOR_FIELDS - 1).toDoubleArray();
    if (vector.isNullAt(1)) {
      return values;
    }
    double[] dense = new double[vector.getInt(1)];
    int[] places = vector.getArray(2).toIntArray();
    for (int i = 0; i < places.length; i++) {
      dense[places[i]] = values[i];
    }
    return dense;
  }
}
