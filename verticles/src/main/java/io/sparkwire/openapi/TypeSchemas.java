package io.sparkwire.openapi;

import io.sparkwire.schema.Column;
import io.sparkwire.schema.ColumnType;
import io.sparkwire.schema.ColumnType.Array;
import io.sparkwire.schema.ColumnType.Decimal;
import io.sparkwire.schema.ColumnType.Mapping;
import io.sparkwire.schema.ColumnType.Plain;
import io.sparkwire.schema.ColumnType.Struct;
import io.sparkwire.schema.ColumnType.Vector;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.util.List;
import java.util.OptionalInt;

/**
 * The JSON schemas of types: what strict parsing accepts, or what replies are. Immutable.
 *
 * @param ofReplies which may have NaN and infinities, and leave out fields that are null
 */
record TypeSchemas(boolean ofReplies) {

  /** Of bodies of requests. */
  static final TypeSchemas REQUESTS = new TypeSchemas(false);

  /** Of replies. */
  static final TypeSchemas REPLIES = new TypeSchemas(true);

  private static final String TYPE = "type";
  private static final String NULL = "null";

  /** A day that there is, in the years 0 to 9999. */
  private static final String DAY =
      "(?:[0-9]{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])"
          + "|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)|02-(?:0[1-9]|1[0-9]|2[0-8]))"
          + "|(?:[0-9]{2}(?:0[48]|[2468][048]|[13579][26])|(?:[02468][048]|[13579][26])00)-02-29)";

  private static final String TIME = "(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\\.[0-9]{1,9})?";

  /** As far from UTC as any zone may be. */
  private static final String ZONE = "(?:Z|[+-](?:(?:0[0-9]|1[0-7]):[0-5][0-9]|18:00))";

  private static final String BASE64 =
      "(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?";

  /** The schema of any value. */
  static JsonObject any() {
    return new JsonObject().put("description", "Any");
  }

  /** The schema of a value that is not null. */
  JsonObject of(ColumnType type) {
    if (type instanceof Struct struct) {
      return of(struct.columns());
    }
    if (type instanceof Array array) {
      return array(nullable(array.element()), array.size());
    }
    if (type instanceof Mapping map) {
      return typed("object").put("additionalProperties", nullable(map.value()));
    }
    if (type instanceof Vector vector) {
      return array(of(Plain.DOUBLE), vector.size());
    }
    if (type instanceof Decimal decimal) {
      return ofReplies ? typed("number") : of(decimal);
    }
    return type instanceof Plain plain ? of(plain) : any();
  }

  /** An object of these columns. More members are skipped. */
  JsonObject of(List<Column> columns) {
    JsonObject properties = new JsonObject();
    JsonArray required = new JsonArray();
    for (Column column : columns) {
      properties.put(
          column.name(), column.nullable() ? nullable(column.type()) : of(column.type()));
      if (!column.nullable()) {
        required.add(column.name());
      }
    }
    JsonObject object = typed("object").put("properties", properties);
    return required.isEmpty() ? object : object.put("required", required);
  }

  /** The schema of a value or null. */
  JsonObject nullable(ColumnType type) {
    JsonObject schema = of(type);
    if (schema.getValue(TYPE) instanceof String one) {
      return schema.put(TYPE, JsonArray.of(one, NULL));
    }
    return schema.equals(any())
        ? schema
        : new JsonObject().put("anyOf", JsonArray.of(schema, typed(NULL)));
  }

  private static JsonObject array(JsonObject items, OptionalInt size) {
    JsonObject array = typed("array").put("items", items);
    size.ifPresent(exact -> array.put("minItems", exact).put("maxItems", exact));
    return array;
  }

  /** The bounds are powers of ten, which clients can hold as floating-point numbers. */
  private static JsonObject of(Decimal decimal) {
    BigDecimal bound = BigDecimal.ONE.movePointRight(decimal.precision() - decimal.scale());
    return typed("number")
        .put("exclusiveMinimum", bound.negate())
        .put("exclusiveMaximum", bound)
        .put("multipleOf", BigDecimal.ONE.movePointLeft(decimal.scale()));
  }

  private JsonObject of(Plain type) {
    return switch (type) {
      case BOOLEAN -> typed("boolean");
      case TINYINT -> whole("int8", Byte.MIN_VALUE, Byte.MAX_VALUE);
      case SMALLINT -> whole("int16", Short.MIN_VALUE, Short.MAX_VALUE);
      case INT -> whole("int32", Integer.MIN_VALUE, Integer.MAX_VALUE);
      case BIGINT -> whole("int64", Long.MIN_VALUE, Long.MAX_VALUE);
      case FLOAT -> number("float", Float.MAX_VALUE);
      case DOUBLE -> number("double", Double.MAX_VALUE);
      case STRING, TIME, INTERVAL -> typed("string");
      case BINARY -> text("byte", BASE64).put("contentEncoding", "base64");
      case DATE -> text("date", DAY);
      case TIMESTAMP -> text("date-time", DAY + "T" + TIME + ZONE);
      case TIMESTAMP_NTZ -> text("date-time-local", DAY + "T" + TIME);
      case VOID, VARIANT -> any();
    };
  }

  private static JsonObject whole(String format, long min, long max) {
    return typed("integer").put("format", format).put("minimum", min).put("maximum", max);
  }

  private JsonObject number(String format, double most) {
    JsonObject number = typed("number").put("format", format);
    if (!ofReplies) {
      return number.put("minimum", -most).put("maximum", most);
    }
    JsonObject others = new JsonObject().put("enum", JsonArray.of("NaN", "Infinity", "-Infinity"));
    return new JsonObject().put("anyOf", JsonArray.of(number, others));
  }

  /** Text of a form, which replies may leave in years beyond 9999. */
  private JsonObject text(String format, String pattern) {
    JsonObject text = typed("string").put("format", format);
    return ofReplies ? text : text.put("pattern", "^" + pattern + "$");
  }

  private static JsonObject typed(String type) {
    return new JsonObject().put(TYPE, type);
  }
}
