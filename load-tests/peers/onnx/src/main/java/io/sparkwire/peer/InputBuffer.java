package io.sparkwire.peer;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.TensorInfo;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Memory outside of the heap in which one input of a network is put together, for one request after
 * the other: a tensor over it copies nothing.
 *
 * <p>Holds numbers of 32 or 64 bits. Not thread-safe.
 */
final class InputBuffer {
  private static final int FIRST_SIZE = 16 * 1024;

  private final OnnxJavaType type;
  private final long[] shape;
  private ByteBuffer numbers = direct(FIRST_SIZE);

  /**
   * @param info with the batch as its first dimension, and at most one other that is open
   */
  InputBuffer(TensorInfo info) {
    this.type = info.type;
    this.shape = info.getShape();
    if (type != OnnxJavaType.INT32 && type != OnnxJavaType.INT64 && type != OnnxJavaType.FLOAT) {
      throw new IllegalArgumentException("an input must be INT32, INT64 or FLOAT, got " + type);
    }
  }

  /** Reads an array, whose first token is the current one; arrays in it are read through. */
  void read(JsonParser parser) throws IOException {
    numbers.clear();
    int depth = 0;
    JsonToken token = parser.currentToken();
    do {
      if (token == JsonToken.START_ARRAY) {
        depth++;
      } else if (token == JsonToken.END_ARRAY) {
        depth--;
      } else {
        put(parser);
      }
      token = depth > 0 ? parser.nextToken() : null;
    } while (depth > 0);
    numbers.flip();
  }

  private void put(JsonParser parser) throws IOException {
    if (numbers.remaining() < Long.BYTES) {
      numbers = direct(2 * numbers.capacity()).put(numbers.flip());
    }
    switch (type) {
      case INT32 -> numbers.putInt(parser.getIntValue());
      case INT64 -> numbers.putLong(parser.getLongValue());
      default -> numbers.putFloat(parser.getFloatValue());
    }
  }

  /** The numbers that were read last as one row; close it before others are read. */
  OnnxTensor tensor(OrtEnvironment environment) throws OrtException {
    return OnnxTensor.createTensor(environment, numbers, rowShape(numbers.remaining()), type);
  }

  private long[] rowShape(int bytes) {
    long[] row = shape.clone();
    row[0] = 1;
    long open = bytes / type.size;
    for (long length : row) {
      open /= Math.max(1, length);
    }
    for (int i = 1; i < row.length; i++) {
      row[i] = row[i] < 0 ? open : row[i];
    }
    return row;
  }

  private static ByteBuffer direct(int size) {
    return ByteBuffer.allocateDirect(size).order(ByteOrder.nativeOrder());
  }
}
