package io.sparkwire.wire;

import io.sparkwire.wire.TensorColumn.Form;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Reads the columns of a schema in Spark's DDL, as far as tensors need to know them, where there is
 * no Spark. The text is one that Spark has written. Confined to one thread.
 */
final class DdlReader {

  /** A decimal of that many digits is exact as a FP64. */
  private static final int EXACT_DIGITS = 15;

  private static final char QUOTE = '`';

  private final String ddl;
  private int at;

  DdlReader(String ddl) {
    this.ddl = ddl;
  }

  /** A column of the type that the whole text is; empty if it is a list of columns. */
  Optional<TensorColumn> oneType(String name) {
    TensorColumn column = type(name);
    skipBlanks();
    return at == ddl.length() ? Optional.of(column) : Optional.empty();
  }

  /** The columns that the text lists. */
  List<TensorColumn> columns() {
    List<TensorColumn> columns = new ArrayList<>();
    while (at < ddl.length()) {
      String name = name();
      columns.add(type(name));
      skipTo(',');
      at++;
    }
    return columns;
  }

  private void skipBlanks() {
    while (at < ddl.length() && (ddl.charAt(at) <= ' ' || ddl.charAt(at) == ':')) {
      at++;
    }
  }

  private String name() {
    skipBlanks();
    if (ddl.charAt(at) != QUOTE) {
      return word();
    }
    int from = at + 1;
    skipQuoted(QUOTE);
    return ddl.substring(from, at - 1).replace("``", "`");
  }

  private String word() {
    int from = at;
    while (at < ddl.length() && Character.isJavaIdentifierPart(ddl.charAt(at))) {
      at++;
    }
    return ddl.substring(from, at);
  }

  /** Goes beyond the quote that ends what begins here; two of them are one that ends nothing. */
  private void skipQuoted(char quote) {
    at++;
    while (ddl.charAt(at) != quote || (at + 1 < ddl.length() && ddl.charAt(at + 1) == quote)) {
      at += ddl.charAt(at) == quote || (ddl.charAt(at) == '\\' && quote != QUOTE) ? 2 : 1;
    }
    at++;
  }

  /** Goes to a character outside of quotes and brackets, or to the end. */
  private void skipTo(char end) {
    int depth = 0;
    while (at < ddl.length() && (depth > 0 || ddl.charAt(at) != end)) {
      char c = ddl.charAt(at);
      if (c == QUOTE || c == '\'' || c == '"') {
        skipQuoted(c);
        continue;
      }
      depth += c == '<' || c == '(' ? 1 : 0;
      depth -= c == '>' || c == ')' ? 1 : 0;
      at++;
    }
  }

  private TensorColumn type(String name) {
    skipBlanks();
    String type = word().toUpperCase(Locale.ROOT);
    String arguments = "";
    if (at < ddl.length() && (ddl.charAt(at) == '(' || ddl.charAt(at) == '<')) {
      char close = ddl.charAt(at++) == '(' ? ')' : '>';
      int from = at;
      skipTo(close);
      arguments = ddl.substring(from, at);
      at = Math.min(at + 1, ddl.length());
    }
    return switch (type) {
      case "ARRAY" -> array(name, arguments);
      case "VECTOR" -> vector(name, arguments);
      case "DECIMAL" -> decimal(name, arguments);
      default -> plain(name, type);
    };
  }

  private static TensorColumn plain(String name, String type) {
    return switch (type) {
      case "BOOLEAN" -> single(name, TensorType.BOOL, Form.PLAIN);
      case "TINYINT" -> single(name, TensorType.INT8, Form.PLAIN);
      case "SMALLINT" -> single(name, TensorType.INT16, Form.PLAIN);
      case "INT" -> single(name, TensorType.INT32, Form.PLAIN);
      case "BIGINT" -> single(name, TensorType.INT64, Form.PLAIN);
      case "FLOAT" -> single(name, TensorType.FP32, Form.PLAIN);
      case "DOUBLE" -> single(name, TensorType.FP64, Form.PLAIN);
      case "STRING", "CHAR", "VARCHAR", "DATE", "TIMESTAMP", "TIMESTAMP_NTZ", "INTERVAL" ->
          single(name, TensorType.BYTES, Form.PLAIN);
      case "BINARY" -> single(name, TensorType.BYTES, Form.BASE64);
      default -> single(name, TensorType.BYTES, Form.NESTED);
    };
  }

  private static TensorColumn single(String name, TensorType type, Form form) {
    return new TensorColumn(name, type, form, false, OptionalInt.empty());
  }

  private static TensorColumn array(String name, String element) {
    TensorColumn of = new DdlReader(element).type(name);
    boolean isNested = of.isArray() || of.form() == Form.NESTED;
    return isNested
        ? of.asText()
        : new TensorColumn(name, of.type(), of.form(), true, OptionalInt.empty());
  }

  private static TensorColumn vector(String name, String size) {
    OptionalInt known =
        size.isEmpty() ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(size.strip()));
    return new TensorColumn(name, TensorType.FP64, Form.PLAIN, true, known);
  }

  private static TensorColumn decimal(String name, String digits) {
    String precision = digits.isEmpty() ? "10" : digits.split(",", -1)[0].strip();
    return Integer.parseInt(precision) <= EXACT_DIGITS
        ? single(name, TensorType.FP64, Form.PLAIN)
        : single(name, TensorType.BYTES, Form.NESTED);
  }
}
