package io.sparkwire.wire;

import io.sparkwire.schema.Column;
import io.sparkwire.schema.ColumnType;
import io.sparkwire.schema.Ddl;
import io.sparkwire.wire.TensorColumn.Form;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** The columns of a schema as tensors. Stateless. */
final class TensorColumns {

  /** A decimal of that many digits is exact as a FP64. */
  private static final int EXACT_DIGITS = 15;

  private TensorColumns() {}

  /**
   * The columns that a schema has.
   *
   * @param ddl the text of a {@link io.sparkwire.message.ServiceSchema}
   * @param single the name of the column where the text is one type; then each row is its value and
   *     no object
   * @return empty if the text is empty
   */
  static Optional<List<TensorColumn>> of(String ddl, String single) {
    if (ddl.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        Ddl.type(ddl) instanceof ColumnType.Struct row
            ? row.columns().stream().map(TensorColumns::of).toList()
            : List.of(of(single, Ddl.type(ddl))));
  }

  /** Whether rows of a schema are values of one type, and no objects. */
  static boolean isOneType(String ddl) {
    return !(Ddl.type(ddl) instanceof ColumnType.Struct);
  }

  private static TensorColumn of(Column column) {
    return of(column.name(), column.type());
  }

  private static TensorColumn of(String name, ColumnType type) {
    if (type instanceof ColumnType.Plain plain) {
      return plain(name, plain);
    }
    if (type instanceof ColumnType.Array array) {
      return array(name, array);
    }
    if (type instanceof ColumnType.Vector vector) {
      return new TensorColumn(name, TensorType.FP64, Form.PLAIN, true, vector.size());
    }
    boolean isExact =
        type instanceof ColumnType.Decimal decimal && decimal.precision() <= EXACT_DIGITS;
    return isExact
        ? single(name, TensorType.FP64, Form.PLAIN)
        : single(name, TensorType.BYTES, Form.NESTED);
  }

  private static TensorColumn plain(String name, ColumnType.Plain type) {
    return switch (type) {
      case BOOLEAN -> single(name, TensorType.BOOL, Form.PLAIN);
      case TINYINT -> single(name, TensorType.INT8, Form.PLAIN);
      case SMALLINT -> single(name, TensorType.INT16, Form.PLAIN);
      case INT -> single(name, TensorType.INT32, Form.PLAIN);
      case BIGINT -> single(name, TensorType.INT64, Form.PLAIN);
      case FLOAT -> single(name, TensorType.FP32, Form.PLAIN);
      case DOUBLE -> single(name, TensorType.FP64, Form.PLAIN);
      case STRING, DATE, TIMESTAMP, TIMESTAMP_NTZ, TIME, INTERVAL ->
          single(name, TensorType.BYTES, Form.PLAIN);
      case BINARY -> single(name, TensorType.BYTES, Form.BASE64);
      case VOID, VARIANT -> single(name, TensorType.BYTES, Form.NESTED);
    };
  }

  private static TensorColumn single(String name, TensorType type, Form form) {
    return new TensorColumn(name, type, form, false, OptionalInt.empty());
  }

  private static TensorColumn array(String name, ColumnType.Array array) {
    TensorColumn of = of(name, array.element());
    boolean isNested = of.isArray() || of.form() == Form.NESTED;
    return isNested
        ? of.asText()
        : new TensorColumn(name, of.type(), of.form(), true, array.size());
  }
}
