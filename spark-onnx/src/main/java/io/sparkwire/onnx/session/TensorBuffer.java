package io.sparkwire.onnx.session;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.platform.Fp16Conversions;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * The elements of a tensor that is being made, each converted to the tensor's type.
 *
 * <p>Its memory is used again for the next tensor, once this one has been closed. Not thread-safe.
 */
public final class TensorBuffer {

  private static final int LEAST_BYTES = 1024;

  private final String name;
  private final OnnxJavaType type;
  private final List<String> texts = new ArrayList<>();
  private ByteBuffer bytes = ByteBuffer.allocateDirect(0);

  public TensorBuffer(TensorSpec tensor) {
    this.name = tensor.name();
    this.type = tensor.type();
  }

  /** Forgets all elements. */
  public void clear() {
    texts.clear();
    bytes.clear();
  }

  private ByteBuffer room(int elements) {
    int needed = Math.addExact(bytes.position(), Math.multiplyExact(elements, type.size));
    if (needed > bytes.capacity()) {
      int capacity = (int) Math.min(Integer.MAX_VALUE - 8L, Math.max(LEAST_BYTES, 2L * needed));
      bytes.flip();
      bytes =
          ByteBuffer.allocateDirect(Math.max(needed, capacity))
              .order(ByteOrder.nativeOrder())
              .put(bytes);
    }
    return bytes;
  }

  /**
   * Adds a whole number.
   *
   * @throws IllegalArgumentException if it is no number of the tensor's type
   */
  public void put(long value) {
    ByteBuffer to = room(1);
    switch (type) {
      case INT64 -> to.putLong(value);
      case INT32 -> to.putInt((int) inRange(value, Integer.MIN_VALUE, Integer.MAX_VALUE));
      case INT16 -> to.putShort((short) inRange(value, Short.MIN_VALUE, Short.MAX_VALUE));
      case INT8 -> to.put((byte) inRange(value, Byte.MIN_VALUE, Byte.MAX_VALUE));
      case UINT8 -> to.put((byte) inRange(value, 0, 0xFF));
      case BOOL -> to.put((byte) inRange(value, 0, 1));
      default -> put((double) value);
    }
  }

  private long inRange(long value, long least, long most) {
    if (value < least || value > most) {
      throw unfit(value);
    }
    return value;
  }

  /**
   * Adds a number.
   *
   * @throws IllegalArgumentException if it is no number of the tensor's type
   */
  public void put(double value) {
    switch (type) {
      case FLOAT -> room(1).putFloat((float) value);
      case DOUBLE -> room(1).putDouble(value);
      case FLOAT16 -> room(1).putShort(Fp16Conversions.floatToFp16((float) value));
      case BFLOAT16 -> room(1).putShort(Fp16Conversions.floatToBf16((float) value));
      case STRING, UNKNOWN -> throw unfit(value);
      default -> {
        if (value != Math.rint(value) || Math.abs(value) > Long.MAX_VALUE) {
          throw unfit(value);
        }
        put((long) value);
      }
    }
  }

  private IllegalArgumentException unfit(Object value) {
    return new IllegalArgumentException(
        "input '" + name + "' of the network takes " + type + ", got " + value);
  }

  /**
   * Adds a text.
   *
   * @throws IllegalArgumentException if the tensor has no texts
   */
  public void put(String text) {
    if (type != OnnxJavaType.STRING) {
      throw unfit("a text");
    }
    texts.add(text);
  }

  public void put(float[] values) {
    if (type == OnnxJavaType.FLOAT) {
      ByteBuffer to = room(values.length);
      to.asFloatBuffer().put(values);
      advance(values.length);
    } else {
      for (float value : values) {
        put((double) value);
      }
    }
  }

  public void put(double[] values) {
    if (type == OnnxJavaType.DOUBLE) {
      room(values.length).asDoubleBuffer().put(values);
      advance(values.length);
    } else {
      for (double value : values) {
        put(value);
      }
    }
  }

  public void put(int[] values) {
    if (type == OnnxJavaType.INT32) {
      room(values.length).asIntBuffer().put(values);
      advance(values.length);
    } else {
      for (int value : values) {
        put((long) value);
      }
    }
  }

  public void put(long[] values) {
    if (type == OnnxJavaType.INT64) {
      room(values.length).asLongBuffer().put(values);
      advance(values.length);
    } else {
      for (long value : values) {
        put(value);
      }
    }
  }

  /** Bytes as they are where the tensor has bytes; signed numbers otherwise. */
  public void put(byte[] values) {
    if (type == OnnxJavaType.INT8 || type == OnnxJavaType.UINT8) {
      room(values.length).put(values);
    } else {
      for (byte value : values) {
        put((long) value);
      }
    }
  }

  private void advance(int elements) {
    bytes.position(bytes.position() + elements * type.size);
  }

  /** Adds zeros, or empty texts. */
  public void pad(int elements) {
    if (type == OnnxJavaType.STRING) {
      for (int i = 0; i < elements; i++) {
        texts.add("");
      }
    } else {
      room(elements);
      for (int i = 0; i < elements * type.size; i++) {
        bytes.put((byte) 0);
      }
    }
  }

  /** A tensor of all elements, to be closed before this object is used again. */
  public OnnxTensor tensor(long[] shape) throws OrtException {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    if (type == OnnxJavaType.STRING) {
      return OnnxTensor.createTensor(environment, texts.toArray(String[]::new), shape);
    }
    bytes.flip();
    return OnnxTensor.createTensor(environment, bytes, shape, type);
  }
}
