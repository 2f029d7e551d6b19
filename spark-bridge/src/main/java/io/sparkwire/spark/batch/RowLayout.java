package io.sparkwire.spark.batch;

import io.sparkwire.message.RowId;
import io.sparkwire.spark.row.RowSchema;
import io.sparkwire.spark.source.ServedQuery;
import java.io.Serializable;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.JoinedRow;
import org.apache.spark.sql.types.StructType;

/**
 * Where things are in the rows of a step. Immutable.
 *
 * @param kept how many columns of a row, from its first, it keeps; the others are only computed.
 *     Negative if the whole row is computed, and others are made of it
 * @param id of the request in the rows that go in; negative if it is not there
 * @param resultId of the request in the rows that are made; negative if it is not there
 */
public record RowLayout(int kept, int id, int resultId) implements Serializable {

  /** In the place of a column that is not there. */
  public static final int NONE = -1;

  /** Where the id of the request is among columns; {@link #NONE} if it is not there. */
  public static int id(StructType columns) {
    return IntStream.range(0, columns.size())
        .filter(i -> RowSchema.isId(columns.fields()[i].dataType()))
        .findFirst()
        .orElse(NONE);
  }

  /** Whether the step makes rows of rows, and does not add columns to them. */
  public boolean makesRows() {
    return kept < 0;
  }

  /** The columns that a row keeps. */
  private InternalRow kept(InternalRow row) {
    return new GenericInternalRow(Arrays.copyOf(values(row), kept));
  }

  /** A row with what was computed for it behind the columns that it keeps. */
  public InternalRow joined(InternalRow row, InternalRow result) {
    return new JoinedRow(kept(row), result);
  }

  /** The columns that are computed. */
  public InternalRow arguments(InternalRow row) {
    Object[] values = values(row);
    return makesRows()
        ? row
        : new GenericInternalRow(Arrays.copyOfRange(values, kept, values.length));
  }

  private static Object[] values(InternalRow row) {
    return ((GenericInternalRow) row).values();
  }

  /** The id of a row that goes in; null if it has none. */
  RowId row(InternalRow row) {
    return id < 0 ? null : ServedQuery.rowId(row, id);
  }

  /** The id of a row that was made; null if it has none. */
  RowId resultRow(InternalRow row) {
    return resultId < 0 ? null : ServedQuery.rowId(row, resultId);
  }
}
