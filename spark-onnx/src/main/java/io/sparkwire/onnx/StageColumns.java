package io.sparkwire.onnx;

import static org.apache.spark.sql.functions.col;

import java.util.Arrays;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;

/** Columns by name, with messages that say which are there. Stateless. Runs on: driver. */
final class StageColumns {

  private StageColumns() {}

  /** The column of exactly that name, dots and all. */
  static Column named(String name) {
    return col("`" + name.replace("`", "``") + "`");
  }

  /**
   * Checks the type of a column.
   *
   * @param param that names the column
   * @param type that it must have
   * @throws IllegalArgumentException if there is no such column, or it has another type
   */
  static void check(StructType schema, String param, String name, Class<? extends DataType> type) {
    if (!has(schema, name)) {
      throw new IllegalArgumentException(
          "there is no column '%s'; there are %s; check %s"
              .formatted(name, String.join(", ", schema.fieldNames()), param));
    }
    DataType given = schema.apply(name).dataType();
    if (!type.isInstance(given)) {
      String wanted = type.getSimpleName().replace("Type", "").toUpperCase(java.util.Locale.ROOT);
      throw new IllegalArgumentException(
          "column '%s' must be %s, got %s; check %s".formatted(name, wanted, given.sql(), param));
    }
  }

  /**
   * The columns and another one behind them, which may be null.
   *
   * @throws IllegalArgumentException if there is one of that name
   */
  static StructType adding(StructType schema, String param, String name, DataType type) {
    if (has(schema, name)) {
      throw new IllegalArgumentException(
          "there is a column '%s' already; choose another name with %s".formatted(name, param));
    }
    return schema.add(name, type);
  }

  private static boolean has(StructType schema, String name) {
    return Arrays.asList(schema.fieldNames()).contains(name);
  }
}
