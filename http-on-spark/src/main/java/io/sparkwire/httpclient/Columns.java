package io.sparkwire.httpclient;

import static org.apache.spark.sql.functions.col;

import java.util.Arrays;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;

/** Columns by name, with messages that say which are there. Stateless. */
final class Columns {

  private Columns() {}

  /** The column of exactly that name, dots and all. */
  static Column named(String name) {
    return col("`" + name.replace("`", "``") + "`");
  }

  static DataType typeOf(StructType schema, String name) {
    if (!has(schema, name)) {
      throw new IllegalArgumentException(
          "there is no column '"
              + name
              + "'; there are "
              + String.join(", ", schema.fieldNames())
              + "; check inputCol");
    }
    return schema.apply(name).dataType();
  }

  static StructType adding(StructType schema, String name, DataType type) {
    if (has(schema, name)) {
      throw new IllegalArgumentException(
          "there is a column '" + name + "' already; choose another name for what is added");
    }
    return schema.add(name, type);
  }

  private static boolean has(StructType schema, String name) {
    return Arrays.asList(schema.fieldNames()).contains(name);
  }
}
