package io.sparkwire.onnx;

import org.apache.spark.sql.types.StructField;

/**
 * The softmax of an output of one axis in each row: {@code exp(x_i) / sum_j exp(x_j)}, computed of
 * {@code x - max(x)} so that no exponential overflows. An ML vector.
 */
record SoftmaxColumn(StructField field, String output) implements NetworkColumn {

  @Override
  public Object value(RowOutputs row) {
    double[] numbers = row.slice(output).numbers();
    double most = Double.NEGATIVE_INFINITY;
    for (double number : numbers) {
      most = Math.max(most, number);
    }
    double sum = 0;
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = Math.exp(numbers[i] - most);
      sum += numbers[i];
    }
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] /= sum;
    }
    return SliceValue.vector(numbers);
  }
}
