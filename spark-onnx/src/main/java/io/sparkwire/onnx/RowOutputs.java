package io.sparkwire.onnx;

import io.sparkwire.onnx.Outputs.Slice;
import java.util.Map;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * What a network gave for one row. Immutable.
 *
 * @param row its place among the rows of the run
 * @param arguments what the network got for it
 * @param plan of the step
 * @param length of its padded inputs before they were padded
 */
record RowOutputs(Outputs outputs, int row, InternalRow arguments, NetworkPlan plan, int length) {

  /** Its part of a tensor, without what is only there because of padding. */
  Slice slice(String output) {
    Slice slice = outputs.slice(output, row);
    return plan.isPadded(output) ? slice.cut(length) : slice;
  }

  Map<?, ?> map(String output) {
    return outputs.map(output, row);
  }
}
