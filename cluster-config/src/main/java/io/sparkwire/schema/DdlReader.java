package io.sparkwire.schema;

import io.sparkwire.schema.ColumnType.Array;
import io.sparkwire.schema.ColumnType.Decimal;
import io.sparkwire.schema.ColumnType.Mapping;
import io.sparkwire.schema.ColumnType.Other;
import io.sparkwire.schema.ColumnType.Plain;
import io.sparkwire.schema.ColumnType.Struct;
import io.sparkwire.schema.ColumnType.Vector;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;

/** The reader of columns and types, by recursive descent. Not thread-safe. */
final class DdlReader {

  private static final int DEFAULT_PRECISION = 10;

  private final DdlTokens tokens;

  DdlReader(DdlTokens tokens) {
    this.tokens = tokens;
  }

  /** All columns up to the end of the text. */
  List<Column> columns() {
    List<Column> columns = list(false);
    tokens.requireEnd();
    return columns;
  }

  /** One type up to the end of the text. */
  ColumnType type() {
    ColumnType type = next();
    skipRest(true);
    tokens.requireEnd();
    return type;
  }

  private List<Column> list(boolean nested) {
    List<Column> columns = new ArrayList<>();
    do {
      String name = tokens.word();
      tokens.skip(":");
      ColumnType type = next();
      columns.add(new Column(name, type, !skipRest(nested)));
    } while (tokens.skip(","));
    return columns;
  }

  /**
   * Goes to the end of a column, beyond comment, default and collation.
   *
   * @param nested whether {@code >} ends it, too
   * @return whether it is NOT NULL
   */
  private boolean skipRest(boolean nested) {
    boolean notNull = false;
    while (tokens.hasNext() && !tokens.isNext(",") && !(nested && tokens.isNext(">"))) {
      if (tokens.isNext("(")) {
        skipArguments();
      } else if (tokens.skip("NOT")) {
        notNull |= tokens.skip("NULL");
      } else {
        tokens.skipOne();
      }
    }
    return notNull;
  }

  private void skipArguments() {
    int depth = 0;
    do {
      depth += tokens.isNext("(") ? 1 : tokens.isNext(")") ? -1 : 0;
      tokens.skipOne();
    } while (tokens.hasNext() && depth > 0);
  }

  private ColumnType next() {
    String name = tokens.word().toUpperCase(Locale.ROOT);
    return switch (name) {
      case "ARRAY" -> array();
      case "MAP" -> map();
      case "STRUCT" -> struct();
      case "DECIMAL" -> decimal();
      case "VECTOR" -> new Vector(size());
      case "CHAR", "VARCHAR" -> Plain.STRING;
      default -> plain(name);
    };
  }

  private static ColumnType plain(String name) {
    for (Plain type : Plain.values()) {
      if (type.name().equals(name)) {
        return type;
      }
    }
    return new Other(name);
  }

  private ColumnType inside() {
    ColumnType type = next();
    skipRest(true);
    return type;
  }

  private Array array() {
    tokens.require("<");
    ColumnType element = inside();
    tokens.require(">");
    return new Array(element, size());
  }

  private Mapping map() {
    tokens.require("<");
    ColumnType key = inside();
    tokens.require(",");
    Mapping map = new Mapping(key, inside());
    tokens.require(">");
    return map;
  }

  private Struct struct() {
    tokens.require("<");
    List<Column> columns = tokens.isNext(">") ? List.of() : list(true);
    tokens.require(">");
    return new Struct(columns);
  }

  private Decimal decimal() {
    if (!tokens.skip("(")) {
      return new Decimal(DEFAULT_PRECISION, 0);
    }
    int precision = tokens.number();
    int scale = tokens.skip(",") ? tokens.number() : 0;
    tokens.require(")");
    return new Decimal(precision, scale);
  }

  /** A number in brackets; empty if there is none. */
  private OptionalInt size() {
    if (!tokens.skip("(")) {
      return OptionalInt.empty();
    }
    int size = tokens.number();
    tokens.require(")");
    return OptionalInt.of(size);
  }
}
