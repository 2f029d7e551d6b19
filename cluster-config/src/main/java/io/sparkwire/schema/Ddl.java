package io.sparkwire.schema;

import java.util.List;
import java.util.Optional;

/**
 * Spark's DDL as it is in {@link io.sparkwire.message.ServiceSchema}: what {@code StructType.toDDL}
 * and {@code DataType.sql} write, and {@code VECTOR}, {@code VECTOR(n)} and {@code ARRAY<INT>(n)}
 * besides.
 *
 * <p>Comments, defaults and collations are skipped. Stateless.
 */
public final class Ddl {

  private Ddl() {}

  /**
   * The columns of a row, as in {@code a INT NOT NULL,b ARRAY<STRING>}.
   *
   * @throws IllegalArgumentException if it is no list of columns
   */
  public static List<Column> columns(String text) {
    DdlReader reader = new DdlReader(new DdlTokens(text));
    return reader.columns();
  }

  /**
   * One type, as in {@code ARRAY<DOUBLE>}; the struct of them if the text is a list of columns.
   *
   * @throws IllegalArgumentException if it is neither
   */
  public static ColumnType type(String text) {
    DdlTokens tokens = new DdlTokens(text);
    return tokens.areColumns()
        ? new ColumnType.Struct(columns(text))
        : new DdlReader(tokens).type();
  }

  /**
   * The type of a text that a service shows of itself; empty if it shows none, or one that this
   * release does not read.
   */
  public static Optional<ColumnType> known(String text) {
    try {
      return text.isEmpty() ? Optional.empty() : Optional.of(type(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
