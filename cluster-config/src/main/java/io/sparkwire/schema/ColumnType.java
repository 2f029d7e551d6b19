package io.sparkwire.schema;

import java.util.List;
import java.util.OptionalInt;

/** The type of a column. Immutable. */
public sealed interface ColumnType {

  /** The types without parameters; CHAR and VARCHAR are STRING, as they are in a query. */
  enum Plain implements ColumnType {
    BOOLEAN,
    TINYINT,
    SMALLINT,
    INT,
    BIGINT,
    FLOAT,
    DOUBLE,
    STRING,
    BINARY,
    DATE,
    TIMESTAMP,
    TIMESTAMP_NTZ,
    TIME,
    INTERVAL,
    /** That of a column of nulls. */
    VOID,
    /** Any value. */
    VARIANT
  }

  /**
   * A decimal number.
   *
   * @param precision how many digits it has at most, 1 to 38
   * @param scale how many of them are after the point
   */
  record Decimal(int precision, int scale) implements ColumnType {}

  /**
   * An ML vector.
   *
   * @param size how many numbers it has; empty for any
   */
  record Vector(OptionalInt size) implements ColumnType {}

  /**
   * An array whose elements may be null.
   *
   * @param size how many elements it has; empty for any number
   */
  record Array(ColumnType element, OptionalInt size) implements ColumnType {}

  /** A map whose values may be null. */
  record Mapping(ColumnType key, ColumnType value) implements ColumnType {}

  /** A struct. */
  record Struct(List<Column> columns) implements ColumnType {
    public Struct {
      columns = List.copyOf(columns);
    }
  }

  /**
   * A type of Spark that is none of the others.
   *
   * @param name in capitals
   */
  record Other(String name) implements ColumnType {}
}
