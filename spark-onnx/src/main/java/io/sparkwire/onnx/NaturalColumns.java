package io.sparkwire.onnx;

import io.sparkwire.onnx.session.NetworkSignature;
import io.sparkwire.onnx.session.TensorSpec;
import io.sparkwire.spark.catalyst.ArraySizes;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * The columns that suit tensors best: of the same type, with an array for each axis in a row. Where
 * the lengths of all axes are known, it is one flat array of that size. Stateless.
 */
final class NaturalColumns {

  private NaturalColumns() {}

  /**
   * Those of a network's inputs.
   *
   * @param names of columns, by inputs; an input without one has its own name
   */
  static StructType of(NetworkSignature network, Map<String, String> names) {
    boolean hasRows = network.batching().hasAxis();
    return new StructType(
        network.inputs().stream()
            .map(
                input -> {
                  StructField column = of(input, hasRows);
                  String name = names.getOrDefault(input.name(), input.name());
                  return new StructField(name, column.dataType(), false, column.metadata());
                })
            .toArray(StructField[]::new));
  }

  /**
   * That of a tensor.
   *
   * @param hasRows whether its first axis is that of rows
   */
  static StructField of(TensorSpec tensor, boolean hasRows) {
    List<Long> shape = hasRows ? tensor.shape().subList(1, tensor.shape().size()) : tensor.shape();
    boolean isKnown = !shape.isEmpty() && shape.stream().allMatch(length -> length >= 0);
    int axes = isKnown ? 1 : shape.size();
    StructField column =
        new StructField(
            tensor.name(), SliceValue.type(tensor.type(), axes), true, Metadata.empty());
    return isKnown
        ? ArraySizes.sized(column, Math.toIntExact(shape.stream().reduce(1L, Math::multiplyExact)))
        : column;
  }
}
