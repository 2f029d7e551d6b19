package io.sparkwire.spark.json;

import com.fasterxml.jackson.core.io.SerializedString;
import io.sparkwire.spark.catalyst.Ddl;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Turns the value of one column into the bytes of a reply, by its type.
 *
 * <p>Runs on: task thread. Not thread-safe: JSON goes through a buffer of its own.
 */
public interface BodyEncoder {

  /** What the bytes are. */
  String contentType();

  /** The bytes of a value that is not null. */
  byte[] encode(InternalRow row, int ordinal);

  /**
   * The encoder for a column: structs, maps, arrays and ML vectors become JSON, strings plain text,
   * binary stays as it is, and any other value {@code {"<column>": value}}.
   *
   * @throws IllegalArgumentException as in {@link #check}
   */
  static BodyEncoder of(StructField column) {
    DataType type = column.dataType();
    if (type instanceof StringType) {
      return new Text();
    }
    if (type instanceof BinaryType) {
      return new Bytes();
    }
    JsonValueWriter value = JsonWriters.ofSession().of(type, column.name());
    return new Json(isPlain(type) ? named(column.name(), value) : value);
  }

  /** An object of one field. */
  private static JsonValueWriter named(String name, JsonValueWriter value) {
    SerializedString known = new SerializedString(name);
    return (json, row, ordinal) -> {
      json.writeStartObject();
      json.writeFieldName(known);
      value.write(json, row, ordinal);
      json.writeEndObject();
    };
  }

  /**
   * Checks that a column can be a body.
   *
   * @throws IllegalArgumentException if its type has no form in JSON, or JSON would have a name
   *     twice
   */
  static void check(StructField column) {
    JsonWriters.ofSession().of(column.dataType(), column.name());
  }

  /** Whether a value of that type needs a name to be a JSON object. */
  static boolean isPlain(DataType type) {
    return !(type instanceof StringType
        || type instanceof BinaryType
        || type instanceof StructType
        || type instanceof MapType
        || type instanceof ArrayType
        || Ddl.isVector(type));
  }

  /** A string as it is. */
  record Text() implements BodyEncoder {
    @Override
    public String contentType() {
      return "text/plain; charset=utf-8";
    }

    @Override
    public byte[] encode(InternalRow row, int ordinal) {
      return row.getUTF8String(ordinal).getBytes();
    }
  }

  /** Binary as it is. */
  record Bytes() implements BodyEncoder {
    @Override
    public String contentType() {
      return "application/octet-stream";
    }

    @Override
    public byte[] encode(InternalRow row, int ordinal) {
      return row.getBinary(ordinal);
    }
  }

  /** JSON. */
  final class Json implements BodyEncoder {

    private final JsonEncoder json;

    Json(JsonValueWriter writer) {
      this.json = new JsonEncoder(writer);
    }

    @Override
    public String contentType() {
      return "application/json";
    }

    @Override
    public byte[] encode(InternalRow row, int ordinal) {
      return json.encode(row, ordinal);
    }
  }
}
