package io.sparkwire.onnx;

import io.sparkwire.onnx.session.Batching;
import java.io.Serializable;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * What goes into a network and what is made of its outputs. Immutable.
 *
 * @param paddedOutputs whose second axis is as long as padded inputs are
 */
record NetworkPlan(
    List<InputColumn> inputs,
    List<NetworkColumn> columns,
    Batching batching,
    Set<String> paddedOutputs)
    implements Serializable {

  /** The columns that are added. */
  StructType results() {
    return new StructType(columns.stream().map(NetworkColumn::field).toArray(StructField[]::new));
  }

  /** The outputs that are needed. */
  Set<String> outputs() {
    return columns.stream().map(NetworkColumn::output).collect(Collectors.toSet());
  }

  boolean isPadded(String output) {
    return paddedOutputs.contains(output);
  }
}
