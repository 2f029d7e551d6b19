package io.sparkwire.spark.batch;

import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * What became of rows. Immutable.
 *
 * @param inputs the rows that the result is of; empty if it is known what becomes of their requests
 * @param rows what was made of them
 * @param failure with which the task is to fail; null if there is none
 */
public record RowResult(List<InternalRow> inputs, List<InternalRow> rows, Exception failure) {

  /** Nothing is left to do. */
  public static final RowResult NOTHING = new RowResult(List.of(), List.of(), null);

  public static RowResult of(InternalRow input, InternalRow row) {
    return new RowResult(List.of(input), List.of(row), null);
  }

  static RowResult failed(Exception failure) {
    return new RowResult(List.of(), List.of(), failure);
  }
}
