package io.sparkwire.model;

import io.sparkwire.log.FirstLine;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * The reader of the signature of an MLflow model: a list of columns or tensors, written as JSON.
 *
 * <p>Any column may be null: that MLflow requires one says that it must be there, and its own
 * server takes nulls in it, with which an imputer may have to do. The first number of a tensor's
 * shape counts its rows; what follows is in each row. Immutable.
 *
 * @param file where it was read, for messages
 */
record MlflowSignature(String file) {

  /** Types of columns, and those of tensors, which have the names of NumPy. */
  private static final Map<String, DataType> PLAIN =
      Map.ofEntries(
          Map.entry("boolean", DataTypes.BooleanType),
          Map.entry("integer", DataTypes.IntegerType),
          Map.entry("long", DataTypes.LongType),
          Map.entry("float", DataTypes.FloatType),
          Map.entry("double", DataTypes.DoubleType),
          Map.entry("string", DataTypes.StringType),
          Map.entry("binary", DataTypes.BinaryType),
          Map.entry("datetime", DataTypes.TimestampType),
          Map.entry("sparkml_vector", SQLDataTypes.VectorType()),
          Map.entry("bool", DataTypes.BooleanType),
          Map.entry("int8", DataTypes.ByteType),
          Map.entry("uint8", DataTypes.ShortType),
          Map.entry("int16", DataTypes.ShortType),
          Map.entry("uint16", DataTypes.IntegerType),
          Map.entry("int32", DataTypes.IntegerType),
          Map.entry("uint32", DataTypes.LongType),
          Map.entry("int64", DataTypes.LongType),
          Map.entry("float32", DataTypes.FloatType),
          Map.entry("float64", DataTypes.DoubleType),
          Map.entry("str", DataTypes.StringType),
          Map.entry("object", DataTypes.StringType));

  /**
   * The columns of a row; empty if one of them has no name.
   *
   * @throws IllegalStateException if the text cannot be read, or has a type that is unknown
   */
  Optional<StructType> columns(String inputs) {
    try {
      StructType columns = new StructType();
      for (Object element : new JsonArray(inputs)) {
        JsonObject column = (JsonObject) element;
        if (column.getString("name") == null) {
          return Optional.empty();
        }
        columns = add(columns, column.getString("name"), column);
      }
      return columns.isEmpty() ? Optional.empty() : Optional.of(columns);
    } catch (DecodeException | ClassCastException | NullPointerException e) {
      throw new IllegalStateException(
          "'%s' has a signature that cannot be read: %s".formatted(file, FirstLine.of(e)), e);
    }
  }

  private StructType add(StructType columns, String name, JsonObject spec) {
    return columns.add(name, type(name, spec));
  }

  private DataType type(String name, JsonObject spec) {
    return switch (spec.getString("type")) {
      case "array" -> DataTypes.createArrayType(type(name, spec.getJsonObject("items")));
      case "map" ->
          DataTypes.createMapType(
              DataTypes.StringType, type(name, spec.getJsonObject("values")), true);
      case "object" -> struct(name, spec.getJsonObject("properties"));
      case "tensor" -> tensor(name, spec.getJsonObject("tensor-spec"));
      default -> plain(name, spec.getString("type"));
    };
  }

  private DataType struct(String name, JsonObject properties) {
    StructType struct = new StructType();
    for (Map.Entry<String, Object> property : properties) {
      JsonObject spec = (JsonObject) property.getValue();
      struct = struct.add(property.getKey(), type(name, spec));
    }
    return struct;
  }

  private DataType tensor(String name, JsonObject spec) {
    DataType type = plain(name, spec.getString("dtype"));
    for (int i = 1; i < spec.getJsonArray("shape").size(); i++) {
      type = DataTypes.createArrayType(type, false);
    }
    return type;
  }

  private DataType plain(String name, String type) {
    DataType known = PLAIN.get(type);
    if (known == null) {
      throw new IllegalStateException(
          "'%s' gives column '%s' the type '%s', which no request can have; give --schema"
              .formatted(file, name, type));
    }
    return known;
  }
}
