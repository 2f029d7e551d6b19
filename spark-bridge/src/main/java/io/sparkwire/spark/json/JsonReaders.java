package io.sparkwire.spark.json;

import io.sparkwire.spark.catalyst.ArraySizes;
import io.sparkwire.spark.catalyst.Ddl;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.OptionalInt;
import org.apache.spark.ml.linalg.VectorUDT;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.ByteType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.FloatType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.ShortType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.TimestampNTZType;
import org.apache.spark.sql.types.TimestampType;

/**
 * The choice of a reader for every type of a schema.
 *
 * <p>Runs on: driver, and once per task when a parser is deserialised.
 *
 * @param zone where a TIMESTAMP without a zone of its own is read
 * @param nonFinite what to do with NaN and infinities
 */
record JsonReaders(ZoneId zone, NonFinite nonFinite) {
  private static final String SUPPORTED =
      "BOOLEAN, TINYINT, SMALLINT, INT, BIGINT, FLOAT, DOUBLE, DECIMAL, STRING, CHAR, VARCHAR,"
          + " BINARY, DATE, TIMESTAMP, TIMESTAMP_NTZ, ARRAY, MAP with STRING keys, STRUCT and"
          + " VECTOR";

  /** A reader of objects with the fields of {@code struct}, at {@code path}. */
  JsonStructReader ofFields(StructType struct, String path) {
    return new JsonStructReader(fields(struct, path));
  }

  /** The fields of {@code struct}, at {@code path}, each with its reader. */
  JsonStructReader.Field[] fields(StructType struct, String path) {
    String prefix = path.isEmpty() ? "" : path + ".";
    return Arrays.stream(struct.fields())
        .map(field -> ofField(field, prefix))
        .toArray(JsonStructReader.Field[]::new);
  }

  private JsonStructReader.Field ofField(StructField field, String prefix) {
    String path = prefix + field.name();
    JsonValueReader reader =
        field.dataType() instanceof ArrayType array
            ? ofArray(array, ArraySizes.of(field), path)
            : of(field.dataType(), path);
    return new JsonStructReader.Field(field.name(), reader, field.nullable());
  }

  private JsonValueReader of(DataType type, String path) {
    if (type instanceof StructType struct) {
      return ofFields(struct, path);
    }
    if (type instanceof ArrayType array) {
      return ofArray(array, OptionalInt.empty(), path);
    }
    if (type instanceof MapType map) {
      return ofMap(map, path);
    }
    if (type instanceof DecimalType decimal) {
      return new JsonDecimalReader(decimal.precision(), decimal.scale());
    }
    if (Ddl.isVector(type)) {
      return ofVector(type, path);
    }
    return ofScalar(type, path);
  }

  private JsonValueReader ofArray(ArrayType array, OptionalInt size, String path) {
    JsonArrayReader ofAny =
        new JsonArrayReader(of(array.elementType(), path + "[]"), array.containsNull());
    return size.isPresent() ? new JsonSizedArrayReader(ofAny, size.getAsInt()) : ofAny;
  }

  private JsonValueReader ofVector(DataType type, String path) {
    JsonVectorReader array =
        new JsonVectorReader(Ddl.vectorSize(type), new JsonDoubleReader(nonFinite));
    StructType stored = ((VectorUDT) type).sqlType();
    return new JsonStoredVectorReader(array, ofFields(stored, path));
  }

  private JsonValueReader ofMap(MapType map, String path) {
    if (!(map.keyType() instanceof StringType)) {
      throw unsupported(map, path);
    }
    return new JsonMapReader(of(map.valueType(), path + "{}"), map.valueContainsNull());
  }

  private JsonValueReader ofScalar(DataType type, String path) {
    if (type instanceof StringType) {
      return new JsonStringReader();
    }
    if (type instanceof BooleanType) {
      return JsonScalarReader.BOOLEAN;
    }
    if (type instanceof BinaryType) {
      return JsonScalarReader.BINARY;
    }
    if (type instanceof DateType) {
      return JsonTimeReader.date();
    }
    if (type instanceof TimestampType) {
      return JsonTimeReader.timestamp(zone);
    }
    if (type instanceof TimestampNTZType) {
      return JsonTimeReader.timestampWithoutZone();
    }
    return ofNumber(type, path);
  }

  private JsonValueReader ofNumber(DataType type, String path) {
    if (type instanceof ByteType) {
      return JsonIntegralReader.TINYINT;
    }
    if (type instanceof ShortType) {
      return JsonIntegralReader.SMALLINT;
    }
    if (type instanceof IntegerType) {
      return JsonIntegralReader.INT;
    }
    if (type instanceof LongType) {
      return JsonIntegralReader.BIGINT;
    }
    if (type instanceof FloatType) {
      return new JsonFloatReader(nonFinite);
    }
    if (type instanceof DoubleType) {
      return new JsonDoubleReader(nonFinite);
    }
    throw unsupported(type, path);
  }

  private static IllegalArgumentException unsupported(DataType type, String path) {
    return new IllegalArgumentException(
        "field '%s' has the type %s, which cannot be read from JSON; supported are %s"
            .formatted(path, type.sql(), SUPPORTED));
  }
}
