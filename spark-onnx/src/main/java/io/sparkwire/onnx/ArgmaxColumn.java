package io.sparkwire.onnx;

import io.sparkwire.onnx.Outputs.Slice;
import org.apache.spark.sql.types.StructField;

/**
 * The place of the largest number of an output of one axis in each row, from 0; of several the
 * first. A double, as predictions of SparkML are.
 */
record ArgmaxColumn(StructField field, String output) implements NetworkColumn {

  @Override
  public Object value(RowOutputs row) {
    Slice slice = row.slice(output);
    int size = slice.size();
    int largest = 0;
    for (int i = 1; i < size; i++) {
      if (slice.number(i) > slice.number(largest)) {
        largest = i;
      }
    }
    return (double) largest;
  }
}
