package io.sparkwire.peer;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.TensorInfo;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.util.Random;
import java.util.stream.LongStream;

/**
 * One input of a network, with values by chance.
 *
 * @param least the least whole number, and {@code most} the largest one
 * @param length of a dimension that the network leaves open
 */
record RandomInput(String name, TensorInfo info, int least, int most, int length) {

  /** One row. */
  OnnxTensor row(OrtEnvironment environment, Random random) throws OrtException {
    long[] shape = info.getShape();
    shape[0] = 1;
    for (int i = 1; i < shape.length; i++) {
      shape[i] = shape[i] < 0 ? length : shape[i];
    }
    int count = (int) LongStream.of(shape).reduce(1, (one, other) -> one * other);
    int[] numbers = random.ints(count, least, most + 1).toArray();
    return switch (info.type) {
      case INT32 -> OnnxTensor.createTensor(environment, IntBuffer.wrap(numbers), shape);
      case INT64 -> OnnxTensor.createTensor(environment, longs(numbers), shape);
      case FLOAT -> OnnxTensor.createTensor(environment, floats(numbers), shape);
      default ->
          throw new IllegalArgumentException(
              "input '%s' must be INT32, INT64 or FLOAT, got %s".formatted(name, info.type));
    };
  }

  private static LongBuffer longs(int[] numbers) {
    LongBuffer longs = LongBuffer.allocate(numbers.length);
    for (int number : numbers) {
      longs.put(number);
    }
    return longs.flip();
  }

  private static FloatBuffer floats(int[] numbers) {
    FloatBuffer floats = FloatBuffer.allocate(numbers.length);
    for (int number : numbers) {
      floats.put(number);
    }
    return floats.flip();
  }
}
