package io.sparkwire.onnx;

import io.sparkwire.onnx.Outputs.Slice;
import org.apache.spark.sql.types.StructField;

/**
 * An output as it is: a number, text or truth value for an output of one element in each row,
 * otherwise arrays as nested as it has axes, or an ML vector.
 *
 * @param axes how many axes a value has
 */
record FetchedColumn(StructField field, String output, int axes) implements NetworkColumn {

  @Override
  public Object value(RowOutputs row) {
    Slice slice = row.slice(output);
    if (slice.shape().length != axes) {
      throw new IllegalStateException(
          "output '%s' of the network has %d axes in each row, but declares %d"
              .formatted(output, slice.shape().length, axes));
    }
    return ColumnValue.isVector(field.dataType())
        ? SliceValue.vector(slice.numbers())
        : SliceValue.of(slice);
  }
}
