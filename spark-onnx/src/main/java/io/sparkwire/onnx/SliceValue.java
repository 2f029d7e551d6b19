package io.sparkwire.onnx;

import ai.onnxruntime.OnnxJavaType;
import io.sparkwire.onnx.Outputs.Slice;
import java.util.Arrays;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeArrayData;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.catalyst.util.GenericArrayData;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.unsafe.types.UTF8String;

/** Parts of tensors as values of Spark's rows. Stateless. */
final class SliceValue {

  private static final byte DENSE = 1;

  private SliceValue() {}

  /** The type of a single element. */
  static DataType type(OnnxJavaType element) {
    return switch (element) {
      case FLOAT, FLOAT16, BFLOAT16 -> DataTypes.FloatType;
      case DOUBLE -> DataTypes.DoubleType;
      case INT64 -> DataTypes.LongType;
      case INT32 -> DataTypes.IntegerType;
      case INT16, UINT8 -> DataTypes.ShortType;
      case INT8 -> DataTypes.ByteType;
      case BOOL -> DataTypes.BooleanType;
      case STRING -> DataTypes.StringType;
      case UNKNOWN -> throw new IllegalStateException("a tensor of an unknown type");
    };
  }

  /** The type of a value with so many axes. */
  static DataType type(OnnxJavaType element, int axes) {
    return axes == 0 ? type(element) : DataTypes.createArrayType(type(element, axes - 1), false);
  }

  /** A number, text or truth value, or arrays as nested as there are axes. */
  static Object of(Slice slice) {
    return nested(slice, 0, slice.from(), slice.size());
  }

  /** One array of all elements, whatever number of axes they have. */
  static ArrayData flat(Slice slice) {
    return array(slice.tensor().elements(), slice.from(), slice.size());
  }

  private static Object nested(Slice slice, int axis, int from, int size) {
    int axes = slice.shape().length;
    if (axis == axes) {
      return single(slice.tensor().elements(), from);
    }
    if (axis == axes - 1) {
      return array(slice.tensor().elements(), from, size);
    }
    Object[] parts = new Object[slice.shape()[axis]];
    for (int i = 0; i < parts.length; i++) {
      int part = size / parts.length;
      parts[i] = nested(slice, axis + 1, from + i * part, part);
    }
    return new GenericArrayData(parts);
  }

  private static Object single(Object elements, int at) {
    return elements instanceof String[] texts
        ? UTF8String.fromString(texts[at])
        : java.lang.reflect.Array.get(elements, at);
  }

  private static ArrayData array(Object elements, int from, int size) {
    int to = from + size;
    if (elements instanceof float[] floats) {
      return UnsafeArrayData.fromPrimitiveArray(Arrays.copyOfRange(floats, from, to));
    } else if (elements instanceof double[] doubles) {
      return UnsafeArrayData.fromPrimitiveArray(Arrays.copyOfRange(doubles, from, to));
    } else if (elements instanceof long[] longs) {
      return UnsafeArrayData.fromPrimitiveArray(Arrays.copyOfRange(longs, from, to));
    } else if (elements instanceof int[] ints) {
      return UnsafeArrayData.fromPrimitiveArray(Arrays.copyOfRange(ints, from, to));
    } else if (elements instanceof short[] shorts) {
      return UnsafeArrayData.fromPrimitiveArray(Arrays.copyOfRange(shorts, from, to));
    } else if (elements instanceof byte[] bytes) {
      return UnsafeArrayData.fromPrimitiveArray(Arrays.copyOfRange(bytes, from, to));
    } else if (elements instanceof boolean[] truths) {
      return UnsafeArrayData.fromPrimitiveArray(Arrays.copyOfRange(truths, from, to));
    }
    Object[] texts = Arrays.copyOfRange((String[]) elements, from, to, Object[].class);
    Arrays.setAll(texts, i -> UTF8String.fromString((String) texts[i]));
    return new GenericArrayData(texts);
  }

  /** An ML vector. */
  static InternalRow vector(double[] numbers) {
    return new GenericInternalRow(
        new Object[] {DENSE, null, null, UnsafeArrayData.fromPrimitiveArray(numbers)});
  }
}
