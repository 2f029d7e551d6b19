package io.sparkwire.spark.python;

import java.util.List;
import java.util.function.Consumer;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * Rows that functions get at once. Immutable.
 *
 * @param failures how often functions have failed on a batch with these rows
 */
record Batch(List<Input> inputs, int failures) {

  /**
   * A row.
   *
   * @param done takes its result, once
   */
  record Input(InternalRow row, Consumer<PythonResult> done) {}

  boolean isSingle() {
    return inputs.size() == 1;
  }

  /** The same rows after a failure, each alone. */
  List<Batch> failedAlone() {
    return inputs.stream().map(input -> new Batch(List.of(input), failures + 1)).toList();
  }

  List<InternalRow> rows() {
    return inputs.stream().map(Input::row).toList();
  }
}
