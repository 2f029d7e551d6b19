package io.sparkwire.spark;

import java.io.CharArrayWriter;
import java.nio.charset.StandardCharsets;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.json.JSONOptions;
import org.apache.spark.sql.catalyst.json.JacksonGenerator;
import org.apache.spark.sql.internal.SQLConf;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import scala.collection.immutable.Map$;

/**
 * Turns the value of one column into the bytes of a reply, by its type.
 *
 * <p>Runs on: task thread. Not thread-safe: JSON goes through a buffer of its own.
 */
interface BodyEncoder {

  /** What the bytes are. */
  String contentType();

  /** The bytes of a value that is not null. */
  byte[] encode(InternalRow row, int ordinal);

  /**
   * The encoder for a column: structs, maps and arrays become JSON as {@code to_json} writes it,
   * strings plain text, binary stays as it is, and any other value {@code {"<column>": value}}.
   */
  static BodyEncoder of(StructField column) {
    DataType type = column.dataType();
    if (type instanceof StringType) {
      return new Text();
    }
    if (type instanceof BinaryType) {
      return new Bytes();
    }
    return isPlain(type) ? new Named(column) : new Json(type);
  }

  /** Whether a value of that type needs a name to be told in JSON. */
  static boolean isPlain(DataType type) {
    return !(type instanceof StringType
        || type instanceof BinaryType
        || type instanceof StructType
        || type instanceof MapType
        || type instanceof ArrayType);
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

  /** JSON as Spark's {@code to_json} writes it. */
  final class Json implements BodyEncoder {

    private final DataType type;
    private final CharArrayWriter chars = new CharArrayWriter();
    private final JacksonGenerator generator;

    Json(DataType type) {
      this.type = type;
      this.generator =
          new JacksonGenerator(
              type,
              chars,
              new JSONOptions(Map$.MODULE$.empty(), SQLConf.get().sessionLocalTimeZone(), ""));
    }

    @Override
    public String contentType() {
      return "application/json";
    }

    @Override
    public byte[] encode(InternalRow row, int ordinal) {
      if (type instanceof StructType struct) {
        generator.write(row.getStruct(ordinal, struct.size()));
      } else if (type instanceof MapType) {
        generator.write(row.getMap(ordinal));
      } else {
        generator.write(row.getArray(ordinal));
      }
      generator.flush();
      byte[] bytes = chars.toString().getBytes(StandardCharsets.UTF_8);
      chars.reset();
      return bytes;
    }
  }

  /** A plain value as a JSON object with the column's name. */
  final class Named implements BodyEncoder {

    private final DataType type;
    private final Json json;

    Named(StructField column) {
      this.type = column.dataType();
      this.json = new Json(new StructType().add(column));
    }

    @Override
    public String contentType() {
      return json.contentType();
    }

    @Override
    public byte[] encode(InternalRow row, int ordinal) {
      InternalRow value = new GenericInternalRow(new Object[] {row.get(ordinal, type)});
      return json.encode(new GenericInternalRow(new Object[] {value}), 0);
    }
  }
}
