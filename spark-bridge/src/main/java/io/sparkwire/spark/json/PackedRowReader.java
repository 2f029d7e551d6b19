package io.sparkwire.spark.json;

import io.sparkwire.wire.RowLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.types.StructType;

/**
 * The reader of packed rows of one layout into rows of a schema. Columns that the schema does not
 * know are skipped, and a missing nullable column is null.
 *
 * <p>Runs on: task thread. Immutable, hence thread-safe.
 */
final class PackedRowReader {

  private final List<PackedColumnReader> columns = new ArrayList<>();
  private final int bytesOfNulls;
  private final int fields;

  /** Null unless the schema demands a column that the layout lacks. */
  private final BadInputException lacking;

  /**
   * @param fields the readers of the schema's fields from JSON
   */
  PackedRowReader(RowLayout layout, StructType schema, JsonStructReader.Field[] fields) {
    this.fields = fields.length;
    this.bytesOfNulls = layout.nulls() ? (layout.elements() + Byte.SIZE - 1) / Byte.SIZE : 0;
    List<String> names = Arrays.stream(fields).map(JsonStructReader.Field::name).toList();
    for (RowLayout.Column column : layout.columns()) {
      int ordinal = names.indexOf(column.name());
      columns.add(
          ordinal < 0
              ? PackedColumnReader.skipping(column)
              : PackedColumnReader.of(
                  column, ordinal, schema.fields()[ordinal].dataType(), fields[ordinal]));
    }
    List<String> there = layout.columns().stream().map(RowLayout.Column::name).toList();
    this.lacking =
        Arrays.stream(fields)
            .filter(field -> !field.nullable() && !there.contains(field.name()))
            .findFirst()
            .map(field -> BadInputException.missing(field.name(), field.reader().type()))
            .orElse(null);
  }

  /** The row that the bytes hold; it does not share memory with them. */
  InternalRow read(byte[] bytes) {
    Object[] values = new Object[fields];
    PackedRow row = new PackedRow(bytes, bytesOfNulls);
    for (PackedColumnReader column : columns) {
      column.read(row, values);
    }
    if (lacking != null) {
      throw lacking;
    }
    return new GenericInternalRow(values);
  }
}
