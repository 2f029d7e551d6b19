package io.sparkwire.spark.json;

import io.sparkwire.wire.PackedType;
import io.sparkwire.wire.RowLayout;
import org.apache.spark.sql.types.DataType;

/**
 * The reader of one column of packed rows.
 *
 * <p>Where the packed type suits the type of the schema, values are taken as they are. All others,
 * and those that are out of range, go through the reader of JSON, which takes or refuses them.
 *
 * <p>Runs on: task thread. Immutable, hence thread-safe.
 *
 * @param ordinal of its field in the schema; -1 if it has none
 * @param direct takes values as they are; null if no value can be
 * @param json takes all others
 */
record PackedColumnReader(
    RowLayout.Column column, int ordinal, PackedValueReader direct, PackedJson json) {

  private static final int NONE = -1;

  /** The reader of a column that has a field. */
  static PackedColumnReader of(
      RowLayout.Column column, int ordinal, DataType type, JsonStructReader.Field field) {
    PackedValueReader direct = PackedValueReader.of(column, type, field);
    return new PackedColumnReader(column, ordinal, direct, new PackedJson(column, type, field));
  }

  /** The reader of a column that has none. */
  static PackedColumnReader skipping(RowLayout.Column column) {
    return new PackedColumnReader(column, NONE, null, null);
  }

  /** Takes the next value of a row into its place. */
  void read(PackedRow row, Object[] values) {
    if (ordinal == NONE) {
      skip(row);
    } else if (row.hasNull(column.elements())) {
      values[ordinal] = readNull(row);
    } else {
      values[ordinal] = readValue(row);
    }
  }

  private Object readNull(PackedRow row) {
    if (column.isArray() || !json.field().nullable()) {
      return json.read(row);
    }
    skip(row);
    return null;
  }

  private Object readValue(PackedRow row) {
    if (direct != null) {
      int position = row.position();
      Object value = direct.read(row);
      if (value != null) {
        return value;
      }
      row.back(position, column.elements());
    }
    return json.read(row);
  }

  private void skip(PackedRow row) {
    for (int i = 0; i < column.elements(); i++) {
      if (column.type() == PackedType.BOOL) {
        row.truth();
      } else if (column.type().bytes() == 0) {
        row.bytes();
      } else {
        row.whole();
      }
    }
  }
}
