package io.sparkwire.spark.json;

import io.sparkwire.spark.catalyst.Ddl;
import java.time.ZoneId;
import org.apache.spark.ml.linalg.MatrixUDT;
import org.apache.spark.sql.catalyst.util.DateTimeUtils;
import org.apache.spark.sql.internal.SQLConf;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.ByteType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.FloatType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.NullType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.ShortType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.UserDefinedType;
import org.apache.spark.sql.types.VariantType;

/**
 * The choice of a writer for every type of a value.
 *
 * <p>What they write is what Spark's {@code to_json} writes, but for what that loses or has no form
 * for: microseconds, offsets with seconds, keys of maps that are no text, and ML vectors.
 *
 * <p>Runs on: driver, to check a type, and once per task.
 *
 * @param zone in which a TIMESTAMP is written
 * @param nulls whether fields of a struct that are null are written
 */
record JsonWriters(ZoneId zone, boolean nulls) {

  /** As the session of the task or driver wants it. */
  static JsonWriters ofSession() {
    SQLConf conf = SQLConf.get();
    return new JsonWriters(
        DateTimeUtils.getZoneId(conf.sessionLocalTimeZone()),
        !conf.jsonGeneratorIgnoreNullFields());
  }

  /**
   * The writer of a column.
   *
   * @param path of the column, for messages
   * @throws IllegalArgumentException if JSON has no form for that type
   */
  JsonValueWriter of(DataType type, String path) {
    if (type instanceof StructType struct) {
      return ofFields(struct, path);
    }
    if (type instanceof ArrayType array) {
      return new JsonArrayWriter(of(array.elementType(), path + "[]"));
    }
    if (type instanceof MapType map) {
      return new JsonMapWriter(key(map.keyType(), path), of(map.valueType(), path + "{}"));
    }
    if (type instanceof UserDefinedType<?> udt) {
      return ofUserDefined(udt, path);
    }
    return ofPlain(type, path);
  }

  private JsonValueWriter ofFields(StructType struct, String path) {
    JsonStructWriter.requireUniqueNames(struct, path);
    JsonValueWriter[] values = new JsonValueWriter[struct.size()];
    for (int i = 0; i < values.length; i++) {
      StructField field = struct.fields()[i];
      values[i] = of(field.dataType(), path + "." + field.name());
    }
    return new JsonStructWriter(struct, values, nulls);
  }

  private JsonValueWriter ofUserDefined(UserDefinedType<?> type, String path) {
    if (Ddl.isVector(type)) {
      return new JsonVectorWriter();
    }
    if (type instanceof MatrixUDT) {
      throw unsupported(type, path);
    }
    return of(type.sqlType(), path);
  }

  private JsonValueWriter ofPlain(DataType type, String path) {
    if (type instanceof NumericType) {
      return ofNumber(type, path);
    }
    if (type instanceof BooleanType) {
      return (json, row, i) -> json.writeBoolean(row.getBoolean(i));
    }
    if (type instanceof NullType) {
      return (json, row, i) -> json.writeNull();
    }
    if (type instanceof VariantType) {
      return (json, row, i) -> json.writeRawValue(row.getVariant(i).toJson(zone));
    }
    JsonPlainText text = JsonPlainText.of(type, zone);
    if (text == null) {
      throw unsupported(type, path);
    }
    return (json, row, i) -> json.writeString(text.of(row, i));
  }

  private static JsonValueWriter ofNumber(DataType type, String path) {
    if (type instanceof ByteType) {
      return (json, row, i) -> json.writeNumber(row.getByte(i));
    }
    if (type instanceof ShortType) {
      return (json, row, i) -> json.writeNumber(row.getShort(i));
    }
    if (type instanceof IntegerType) {
      return (json, row, i) -> json.writeNumber(row.getInt(i));
    }
    if (type instanceof LongType) {
      return (json, row, i) -> json.writeNumber(row.getLong(i));
    }
    if (type instanceof FloatType) {
      return (json, row, i) -> json.writeNumber(row.getFloat(i));
    }
    if (type instanceof DoubleType) {
      return (json, row, i) -> json.writeNumber(row.getDouble(i));
    }
    if (type instanceof DecimalType decimal) {
      return (json, row, i) -> json.writeNumber(JsonPlainText.exactly(row, i, decimal));
    }
    throw unsupported(type, path);
  }

  private JsonPlainText key(DataType type, String path) {
    JsonPlainText text = JsonPlainText.of(type, zone);
    if (text == null) {
      throw new IllegalArgumentException(
          "'%s' is a map with keys of type %s, which cannot be names of a JSON object; make them text"
              .formatted(path, type.sql()));
    }
    return text;
  }

  private static IllegalArgumentException unsupported(DataType type, String path) {
    return new IllegalArgumentException(
        "'%s' has the type %s, which has no form in JSON; make it text or an array"
            .formatted(path, type.typeName()));
  }
}
