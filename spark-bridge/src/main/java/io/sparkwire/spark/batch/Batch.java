package io.sparkwire.spark.batch;

import java.util.List;
import java.util.function.Consumer;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * Rows that are computed at once. Immutable.
 *
 * @param failures how often a batch with these rows has failed
 */
public record Batch(List<Input> inputs, int failures) {

  /**
   * A row.
   *
   * @param done takes its result, once
   */
  public record Input(InternalRow row, Consumer<RowResult> done) {}

  boolean isSingle() {
    return inputs.size() == 1;
  }

  /** The same rows after a failure, each alone. */
  List<Batch> failedAlone() {
    return inputs.stream().map(input -> new Batch(List.of(input), failures + 1)).toList();
  }

  public List<InternalRow> rows() {
    return inputs.stream().map(Input::row).toList();
  }
}
