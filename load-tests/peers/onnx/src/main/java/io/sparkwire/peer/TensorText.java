package io.sparkwire.peer;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.TensorInfo;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * A tensor with one row as a text of JSON.
 *
 * @param name of the input or output
 */
record TensorText(String name, OnnxTensor tensor) {

  /** A field of an object, whose value is the row without the dimension of the batch. */
  String field() {
    long[] shape = tensor.getInfo().getShape();
    List<String> parts = numbers();
    for (int dimension = shape.length - 1; dimension > 0; dimension--) {
      parts = grouped(parts, (int) shape[dimension]);
    }
    return "\"%s\":%s".formatted(name, String.join(",", parts));
  }

  private static List<String> grouped(List<String> parts, int size) {
    return IntStream.range(0, parts.size() / size)
        .mapToObj(i -> String.join(",", parts.subList(i * size, (i + 1) * size)))
        .map(group -> "[" + group + "]")
        .toList();
  }

  /**
   * A tensor of the Open Inference Protocol.
   *
   * @param more fields, as text
   */
  String v2(String more) {
    TensorInfo info = tensor.getInfo();
    String shape =
        LongStream.of(info.getShape()).mapToObj(Long::toString).collect(Collectors.joining(","));
    return "{\"name\":\"%s\",\"shape\":[%s],\"datatype\":\"%s\",%s\"data\":[%s]}"
        .formatted(
            name,
            shape,
            info.type == OnnxJavaType.FLOAT ? "FP32" : info.type.name(),
            more,
            String.join(",", numbers()));
  }

  private List<String> numbers() {
    return switch (tensor.getInfo().type) {
      case INT32 -> {
        IntBuffer ints = tensor.getIntBuffer();
        yield Stream.generate(ints::get).limit(ints.remaining()).map(String::valueOf).toList();
      }
      case INT64 -> {
        LongBuffer longs = tensor.getLongBuffer();
        yield Stream.generate(longs::get).limit(longs.remaining()).map(String::valueOf).toList();
      }
      default -> {
        FloatBuffer floats = tensor.getFloatBuffer();
        yield Stream.generate(floats::get).limit(floats.remaining()).map(String::valueOf).toList();
      }
    };
  }
}
