package io.sparkwire.onnx.session;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.TensorInfo;
import java.lang.reflect.Array;
import java.nio.ByteBuffer;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.nio.ShortBuffer;
import java.util.Arrays;

/**
 * The elements of a tensor that a network has given, in Java's memory. Immutable.
 *
 * @param shape the length of each axis
 * @param elements one array of all elements, the last axis fastest: {@code float[]} also for half
 *     floats, {@code short[]} also for unsigned bytes
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, and read element by element
public record Tensor(int[] shape, Object elements) {

  /** Copies a tensor of ONNX Runtime. */
  public static Tensor copy(OnnxTensor tensor) throws OrtException {
    TensorInfo info = tensor.getInfo();
    int[] shape = Arrays.stream(info.getShape()).mapToInt(Math::toIntExact).toArray();
    int size = Arrays.stream(shape).reduce(1, Math::multiplyExact);
    return new Tensor(shape, elements(tensor, info.type, size));
  }

  private static Object elements(OnnxTensor tensor, OnnxJavaType type, int size)
      throws OrtException {
    return switch (type) {
      case FLOAT, FLOAT16, BFLOAT16 -> floats(tensor.getFloatBuffer(), size);
      case DOUBLE -> doubles(tensor.getDoubleBuffer(), size);
      case INT64 -> longs(tensor.getLongBuffer(), size);
      case INT32 -> ints(tensor.getIntBuffer(), size);
      case INT16 -> shorts(tensor.getShortBuffer(), size);
      case INT8 -> bytes(tensor.getByteBuffer(), size);
      case UINT8 -> unsigned(tensor.getByteBuffer(), size);
      case BOOL -> booleans(tensor.getByteBuffer(), size);
      case STRING -> texts(tensor.getValue(), size);
      case UNKNOWN -> throw new IllegalStateException("a tensor of an unknown type");
    };
  }

  private static float[] floats(FloatBuffer from, int size) {
    float[] elements = new float[size];
    from.get(elements);
    return elements;
  }

  private static double[] doubles(DoubleBuffer from, int size) {
    double[] elements = new double[size];
    from.get(elements);
    return elements;
  }

  private static long[] longs(LongBuffer from, int size) {
    long[] elements = new long[size];
    from.get(elements);
    return elements;
  }

  private static int[] ints(IntBuffer from, int size) {
    int[] elements = new int[size];
    from.get(elements);
    return elements;
  }

  private static short[] shorts(ShortBuffer from, int size) {
    short[] elements = new short[size];
    from.get(elements);
    return elements;
  }

  private static byte[] bytes(ByteBuffer from, int size) {
    byte[] elements = new byte[size];
    from.get(elements);
    return elements;
  }

  private static short[] unsigned(ByteBuffer from, int size) {
    short[] elements = new short[size];
    for (int i = 0; i < size; i++) {
      elements[i] = (short) (from.get(i) & 0xFF);
    }
    return elements;
  }

  private static boolean[] booleans(ByteBuffer from, int size) {
    boolean[] elements = new boolean[size];
    for (int i = 0; i < size; i++) {
      elements[i] = from.get(i) != 0;
    }
    return elements;
  }

  /** ONNX Runtime gives texts in arrays as nested as the shape. */
  private static String[] texts(Object nested, int size) {
    String[] elements = new String[size];
    flatten(nested, elements, 0);
    return elements;
  }

  private static int flatten(Object nested, String[] into, int at) {
    if (!(nested instanceof Object[] parts)) {
      into[at] = (String) nested;
      return at + 1;
    }
    int next = at;
    for (Object part : parts) {
      next = flatten(part, into, next);
    }
    return next;
  }

  /** How many elements it has. */
  public int size() {
    return Array.getLength(elements);
  }

  /** An element that is a number. */
  public double number(int element) {
    return Array.getDouble(elements, element);
  }
}
