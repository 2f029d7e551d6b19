package io.sparkwire.spark.python;

import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * What became of rows. Immutable.
 *
 * @param inputs the rows that the result is of; empty if it is known what becomes of their requests
 * @param rows what functions made of them
 * @param failure with which the task is to fail; null if there is none
 */
record PythonResult(List<InternalRow> inputs, List<InternalRow> rows, Exception failure) {

  /** Nothing is left to do. */
  static final PythonResult NOTHING = new PythonResult(List.of(), List.of(), null);

  static PythonResult of(InternalRow input, InternalRow row) {
    return new PythonResult(List.of(input), List.of(row), null);
  }

  static PythonResult failed(Exception failure) {
    return new PythonResult(List.of(), List.of(), failure);
  }
}
