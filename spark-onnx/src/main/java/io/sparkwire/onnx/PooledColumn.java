package io.sparkwire.onnx;

import io.sparkwire.onnx.Outputs.Slice;
import org.apache.spark.sql.catalyst.expressions.UnsafeArrayData;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.StructField;

/**
 * The mean of the embeddings of a text's tokens, as sentence embeddings are made of them: the
 * output has the axes token and feature in each row, and tokens whose mask is 0 do not count.
 *
 * @param mask the place of the mask's column among the arguments; negative if all tokens count
 * @param maskType of that column: an array of whole numbers
 * @param isNormal whether the mean is divided by its Euclidean length
 */
record PooledColumn(
    StructField field, String output, int mask, ArrayType maskType, boolean isNormal)
    implements NetworkColumn {

  /** What lengths are at least, so that a text without tokens gives zeros. */
  private static final double LEAST = 1e-9;

  @Override
  public Object value(RowOutputs row) {
    Slice slice = row.slice(output);
    if (slice.shape().length != 2) {
      throw new IllegalStateException(
          "output '%s' of the network has %d axes in each row, but a mean is of tokens and features"
              .formatted(output, slice.shape().length));
    }
    boolean[] counts = counting(row, slice.shape()[0]);
    double[] sum = new double[slice.shape()[1]];
    int tokens = 0;
    for (int token = 0; token < counts.length; token++) {
      if (counts[token]) {
        tokens++;
        for (int i = 0; i < sum.length; i++) {
          sum[i] += slice.number(token * sum.length + i);
        }
      }
    }
    return scaled(sum, 1 / Math.max(tokens, LEAST));
  }

  private boolean[] counting(RowOutputs row, int tokens) {
    boolean[] counts = new boolean[tokens];
    ArrayData given = mask < 0 ? null : row.arguments().getArray(mask);
    for (int token = 0; token < tokens; token++) {
      counts[token] = given == null || (token < given.numElements() && number(given, token) != 0);
    }
    return counts;
  }

  private long number(ArrayData array, int i) {
    return maskType.elementType() instanceof LongType ? array.getLong(i) : array.getInt(i);
  }

  private ArrayData scaled(double[] sum, double factor) {
    double squares = 0;
    for (int i = 0; i < sum.length; i++) {
      sum[i] *= factor;
      squares += sum[i] * sum[i];
    }
    double length = isNormal ? Math.max(Math.sqrt(squares), LEAST) : 1;
    float[] mean = new float[sum.length];
    for (int i = 0; i < mean.length; i++) {
      mean[i] = (float) (sum[i] / length);
    }
    return UnsafeArrayData.fromPrimitiveArray(mean);
  }
}
