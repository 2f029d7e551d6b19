package io.sparkwire.onnx;

import io.sparkwire.onnx.session.TensorSpec;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.types.DataType;

/**
 * A column that goes into an input of a network. Immutable.
 *
 * @param shape of a row's value, as the network takes it
 * @param isPadded whether the arrays of a batch are made as long as the longest of them
 */
record InputColumn(
    TensorSpec input, String column, DataType type, List<Long> shape, boolean isPadded)
    implements Serializable {

  /**
   * @param hasRows whether the input's first axis is that of rows
   * @throws IllegalArgumentException if values of the type can never go into the input
   */
  static InputColumn of(
      TensorSpec input, String column, DataType type, boolean hasRows, boolean isPadded) {
    List<Long> shape = hasRows ? input.shape().subList(1, input.shape().size()) : input.shape();
    if (!ColumnValue.isKnown(type)) {
      throw new IllegalArgumentException(
          "column '%s' is %s, but input '%s' of the network takes %s: numbers, texts, arrays of these, bytes or an ML vector"
              .formatted(column, type.sql(), input.name(), input.text()));
    }
    if (isPadded && shape.size() != 1) {
      throw new IllegalArgumentException(
          "input '%s' is %s, but only rows of one array can be padded"
              .formatted(input.name(), input.text()));
    }
    return new InputColumn(input, column, type, List.copyOf(shape), isPadded);
  }

  /**
   * The shape of a value in the tensor. A flat array may stand for one of several axes if no more
   * than one of them is dynamic, and a number for an array of one.
   *
   * @param own the shape that the value has
   * @throws IllegalArgumentException if the network does not take it
   */
  int[] fitted(int[] own) {
    if (own.length == shape.size()) {
      for (int i = 0; i < own.length; i++) {
        require(shape.get(i) == TensorSpec.DYNAMIC || shape.get(i) == own[i], own);
      }
      return own;
    }
    require(own.length <= 1, own);
    return reshaped(own);
  }

  private int[] reshaped(int[] own) {
    int elements = own.length == 0 ? 1 : own[0];
    int known = 1;
    int dynamic = -1;
    int[] fitted = new int[shape.size()];
    for (int i = 0; i < fitted.length; i++) {
      if (shape.get(i) == TensorSpec.DYNAMIC) {
        require(dynamic < 0, own);
        dynamic = i;
      } else {
        fitted[i] = Math.toIntExact(shape.get(i));
        known *= fitted[i];
      }
    }
    if (dynamic < 0) {
      require(elements == known, own);
    } else {
      require(known > 0 && elements % known == 0, own);
      fitted[dynamic] = elements / known;
    }
    return fitted;
  }

  private void require(boolean fits, int[] own) {
    if (!fits) {
      throw new IllegalArgumentException(
          "input '%s' of the network takes %s%s in each row, got %s in column '%s'"
              .formatted(
                  input.name(),
                  input.type(),
                  shape.toString().replace(" ", ""),
                  Arrays.toString(own).replace(" ", ""),
                  column));
    }
  }
}
