package io.sparkwire.wire;

import io.sparkwire.wire.TensorColumn.Form;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Predicate;

/**
 * One output: a value for each row, and as which tensor they go.
 *
 * @param column whose type all values have, or null
 * @param width how many elements each row has; {@link RowLayout.Column#SINGLE} if it is no array
 */
record OutputTensor(TensorColumn column, int width, List<JsonSlice> values) {

  /**
   * The output of a column of the schema, or of what its values are if they have other types.
   *
   * @param known null if the schema does not say
   */
  static OutputTensor of(String name, TensorColumn known, List<JsonSlice> values) {
    TensorColumn column =
        known != null && values.stream().allMatch(value -> value.isNull() || fits(known, value))
            ? known
            : inferred(name, values);
    if (!column.isArray()) {
      return new OutputTensor(column, RowLayout.Column.SINGLE, values);
    }
    int width = commonWidth(values, column.size());
    return width < 0
        ? new OutputTensor(column.asText(), RowLayout.Column.SINGLE, values)
        : new OutputTensor(column, width, values);
  }

  private static boolean fits(TensorColumn column, JsonSlice value) {
    return column.isArray()
        ? value.isArray() && value.elements().stream().allMatch(e -> e.isNull() || is(column, e))
        : is(column, value);
  }

  private static boolean is(TensorColumn column, JsonSlice value) {
    return switch (column.type()) {
      case BOOL -> value.isTruth();
      case BYTES -> column.form() == Form.NESTED || value.isString();
      case FP16, FP32, FP64 -> value.isNumber() || isNotFinite(value);
      default -> value.isNumber();
    };
  }

  private static boolean isNotFinite(JsonSlice value) {
    return value.isString() && NonFinite.isOne(value);
  }

  /** The length that all arrays have, or -1. */
  private static int commonWidth(List<JsonSlice> values, OptionalInt size) {
    int width = values.isEmpty() ? size.orElse(0) : -1;
    for (JsonSlice value : values) {
      if (value.isNull()) {
        return -1;
      }
      int length = value.elements().size();
      if (width >= 0 && length != width) {
        return -1;
      }
      width = length;
    }
    return width;
  }

  private static TensorColumn inferred(String name, List<JsonSlice> values) {
    boolean arrays = allAre(values, JsonSlice::isArray);
    List<JsonSlice> elements =
        arrays
            ? values.stream().filter(v -> !v.isNull()).flatMap(v -> v.elements().stream()).toList()
            : values;
    TensorType type = typeOf(elements);
    Form form =
        type == TensorType.BYTES && !allAre(elements, JsonSlice::isString)
            ? Form.NESTED
            : Form.PLAIN;
    boolean isArray = arrays && form == Form.PLAIN;
    return new TensorColumn(name, type, form, isArray, OptionalInt.empty());
  }

  private static TensorType typeOf(List<JsonSlice> values) {
    if (allAre(values, JsonSlice::isNumber)) {
      return allAre(values, OutputTensor::isWhole) ? TensorType.INT64 : TensorType.FP64;
    }
    return allAre(values, JsonSlice::isTruth) ? TensorType.BOOL : TensorType.BYTES;
  }

  /** Whether it is a number that a {@code long} holds, in digits alone. */
  private static boolean isWhole(JsonSlice value) {
    return value.source().matches("-?[0-9]{1,18}");
  }

  /** Whether all that are not null are that, and one is. */
  private static boolean allAre(List<JsonSlice> values, Predicate<JsonSlice> kind) {
    boolean some = false;
    for (JsonSlice value : values) {
      if (!value.isNull()) {
        some = true;
        if (!kind.test(value)) {
          return false;
        }
      }
    }
    return some;
  }
}
