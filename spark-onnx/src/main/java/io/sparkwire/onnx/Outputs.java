package io.sparkwire.onnx;

import ai.onnxruntime.OnnxMap;
import ai.onnxruntime.OnnxSequence;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession.Result;
import io.sparkwire.onnx.session.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What one run of a network gave, in Java's memory. Immutable.
 *
 * @param rows how many rows the run had
 * @param hasAxis whether the first axis of tensors is that of rows
 */
record Outputs(
    Map<String, Tensor> tensors, Map<String, List<Map<?, ?>>> maps, int rows, boolean hasAxis) {

  static Outputs copy(Result results, int rows, boolean hasAxis) throws OrtException {
    Map<String, Tensor> tensors = new HashMap<>();
    Map<String, List<Map<?, ?>>> maps = new HashMap<>();
    for (Map.Entry<String, OnnxValue> result : results) {
      if (result.getValue() instanceof OnnxTensor tensor) {
        tensors.put(result.getKey(), Tensor.copy(tensor));
      } else {
        maps.put(result.getKey(), maps((OnnxSequence) result.getValue()));
      }
    }
    return new Outputs(tensors, maps, rows, hasAxis);
  }

  private static List<Map<?, ?>> maps(OnnxSequence sequence) throws OrtException {
    List<Map<?, ?>> maps = new ArrayList<>();
    for (OnnxValue value : sequence.getValue()) {
      try (OnnxMap map = (OnnxMap) value) {
        maps.add(map.getValue());
      }
    }
    return maps;
  }

  /**
   * The part of a tensor that is of one row.
   *
   * @throws IllegalStateException if the tensor has no part for each row
   */
  Slice slice(String output, int row) {
    Tensor tensor = tensors.get(output);
    int[] shape = tensor.shape();
    if (!hasAxis) {
      return new Slice(tensor, 0, shape);
    }
    if (shape.length == 0 || shape[0] != rows) {
      throw new IllegalStateException(
          "output '%s' of the network has the shape %s, which is no value for each of %d rows"
              .formatted(output, Arrays.toString(shape), rows));
    }
    int[] inner = Arrays.copyOfRange(shape, 1, shape.length);
    return new Slice(tensor, row * (tensor.size() / rows), inner);
  }

  Map<?, ?> map(String output, int row) {
    return maps.get(output).get(row);
  }

  /**
   * A part of a tensor.
   *
   * @param from where its elements begin
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Slice(Tensor tensor, int from, int[] shape) {

    int size() {
      int size = 1;
      for (int length : shape) {
        size = Math.multiplyExact(size, length);
      }
      return size;
    }

    double number(int i) {
      return tensor.number(from + i);
    }

    /** Its numbers. */
    double[] numbers() {
      double[] numbers = new double[size()];
      for (int i = 0; i < numbers.length; i++) {
        numbers[i] = number(i);
      }
      return numbers;
    }

    /** Only the first elements of its first axis. */
    Slice cut(int length) {
      int[] cut = shape.clone();
      cut[0] = Math.min(cut[0], length);
      return new Slice(tensor, from, cut);
    }
  }
}
