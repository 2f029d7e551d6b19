package io.sparkwire.wire;

import java.util.List;
import java.util.OptionalInt;

/**
 * A column of a service's bodies or replies as a tensor. Immutable.
 *
 * @param type of each element
 * @param form how the JSON of a row has it
 * @param isArray whether each value is an array of elements
 * @param size how many elements each array has, if the schema says so
 */
public record TensorColumn(
    String name, TensorType type, Form form, boolean isArray, OptionalInt size) {

  private static final int ANY = -1;

  /** How JSON has an element, where BYTES have several forms. */
  public enum Form {
    /** As the datatype has it. */
    PLAIN,
    /** A string of base64. */
    BASE64,
    /** Any value, whose JSON text is the element. */
    NESTED
  }

  /** As metadata has it, with -1 for any size. */
  public List<Integer> shape() {
    return isArray ? List.of(ANY, size.orElse(ANY)) : List.of(ANY);
  }

  /** The same with one JSON text for each row, where arrays are not all of the same length. */
  TensorColumn asText() {
    return new TensorColumn(name, TensorType.BYTES, Form.NESTED, false, OptionalInt.empty());
  }
}
