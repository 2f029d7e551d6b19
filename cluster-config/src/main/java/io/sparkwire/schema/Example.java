package io.sparkwire.schema;

import io.sparkwire.schema.ColumnType.Array;
import io.sparkwire.schema.ColumnType.Decimal;
import io.sparkwire.schema.ColumnType.Mapping;
import io.sparkwire.schema.ColumnType.Plain;
import io.sparkwire.schema.ColumnType.Struct;
import io.sparkwire.schema.ColumnType.Vector;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.List;

/** Examples of values as JSON, which a service reads as their types. Stateless. */
public final class Example {

  /** Of a vector whose size only the model knows. */
  private static final int ANY_SIZE = 3;

  private Example() {}

  /** An object with a value for each of these columns. */
  public static JsonObject of(List<Column> columns) {
    JsonObject object = new JsonObject();
    columns.forEach(column -> object.put(column.name(), of(column.type())));
    return object;
  }

  /** Some value of that type; null if it is one that only the service's author can think of. */
  public static Object of(ColumnType type) {
    if (type instanceof Struct struct) {
      return of(struct.columns());
    }
    if (type instanceof Array array) {
      return array(of(array.element()), array.size().orElse(1));
    }
    if (type instanceof Mapping map) {
      return new JsonObject().put("key", of(map.value()));
    }
    if (type instanceof Vector vector) {
      return array(1, vector.size().orElse(ANY_SIZE));
    }
    if (type instanceof Decimal decimal) {
      return decimal.precision() > decimal.scale()
          ? 1
          : BigDecimal.ONE.movePointLeft(decimal.scale());
    }
    return type instanceof Plain plain ? of(plain) : null;
  }

  private static JsonArray array(Object element, int size) {
    return new JsonArray(Collections.nCopies(size, element));
  }

  private static Object of(Plain type) {
    return switch (type) {
      case TINYINT, SMALLINT, INT, BIGINT, FLOAT, DOUBLE -> 1;
      case STRING -> "text";
      case BOOLEAN -> true;
      case DATE -> "2026-01-31";
      case TIMESTAMP -> "2026-01-31T12:00:00Z";
      case TIMESTAMP_NTZ -> "2026-01-31T12:00:00";
      case TIME -> "12:00:00";
      case BINARY -> "AQID";
      case INTERVAL, VOID, VARIANT -> null;
    };
  }
}
