package io.sparkwire.wire;

/**
 * One tensor of a request, which is a column of its rows.
 *
 * @param rows how many
 * @param width how many elements each row has; {@link RowLayout.Column#SINGLE} if it is no array
 */
record Tensor(String name, int rows, int width, TensorValues values) {

  /** The column that it is in packed rows. */
  RowLayout.Column column() {
    return new RowLayout.Column(name, values.packedType(), width);
  }

  int elements() {
    return column().elements();
  }
}
