package io.sparkwire.spark.python;

import io.sparkwire.message.RowId;
import io.sparkwire.spark.source.ServedQuery;
import java.io.Serializable;
import java.util.Arrays;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;

/**
 * Where things are in the rows of a step. Immutable.
 *
 * @param kept how many columns of a row, from its first, it keeps; the others are for functions.
 *     Negative if functions get the whole row, and give others for it
 * @param id of the request in the rows that go in; negative if it is not there
 * @param resultId of the request in the rows that functions give; negative if it is not there
 */
record RowLayout(int kept, int id, int resultId) implements Serializable {

  /** The columns that a row keeps. */
  InternalRow kept(InternalRow row) {
    return new GenericInternalRow(Arrays.copyOf(values(row), kept));
  }

  /** The columns that functions get. */
  InternalRow arguments(InternalRow row) {
    Object[] values = values(row);
    return kept < 0 ? row : new GenericInternalRow(Arrays.copyOfRange(values, kept, values.length));
  }

  private static Object[] values(InternalRow row) {
    return ((GenericInternalRow) row).values();
  }

  /** The id of a row that goes in; null if it has none. */
  RowId row(InternalRow row) {
    return id < 0 ? null : ServedQuery.rowId(row, id);
  }

  /** The id of a row that a map function gives; null if it has none. */
  RowId resultRow(InternalRow row) {
    return resultId < 0 ? null : ServedQuery.rowId(row, resultId);
  }
}
