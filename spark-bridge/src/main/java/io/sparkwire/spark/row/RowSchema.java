package io.sparkwire.spark.row;

import java.util.Arrays;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * The row schema of the source: {@code id} and {@code request}, shaped as in Spark Serving.
 *
 * <p>Constants only.
 */
public final class RowSchema {

  public static final String ID = "id";
  public static final String REQUEST = "request";

  public static final StructType ID_TYPE =
      new StructType()
          .add("originatingService", DataTypes.StringType, false)
          .add("requestId", DataTypes.StringType, false)
          .add("partitionId", DataTypes.IntegerType, false);

  public static final StructType HEADER_TYPE =
      new StructType()
          .add("name", DataTypes.StringType, false)
          .add("value", DataTypes.StringType, false);

  public static final StructType REQUEST_LINE_TYPE =
      new StructType()
          .add("method", DataTypes.StringType, false)
          .add("uri", DataTypes.StringType, false)
          .add("protocolVersion", DataTypes.StringType, false);

  public static final StructType ENTITY_TYPE =
      new StructType()
          .add("content", DataTypes.BinaryType, false)
          .add("contentType", DataTypes.StringType, true)
          .add("contentEncoding", DataTypes.StringType, true)
          .add("contentLength", DataTypes.LongType, false);

  public static final StructType REQUEST_TYPE =
      new StructType()
          .add("requestLine", REQUEST_LINE_TYPE, false)
          .add("headers", DataTypes.createArrayType(HEADER_TYPE, false), false)
          .add("entity", ENTITY_TYPE, false)
          .add(
              "pathParams",
              DataTypes.createMapType(DataTypes.StringType, DataTypes.StringType, false),
              false)
          .add("receivedAt", DataTypes.TimestampType, false);

  public static final StructType ROW_TYPE =
      new StructType().add(ID, ID_TYPE, false).add(REQUEST, REQUEST_TYPE, false);

  private RowSchema() {}

  /**
   * Whether a column is the id of a request, whatever it is called and whether or not an outer join
   * or an aggregate has made it nullable.
   */
  public static boolean isId(DataType type) {
    return sameFields(type, ID_TYPE);
  }

  public static boolean isRequest(DataType type) {
    return type instanceof StructType struct
        && Arrays.equals(struct.fieldNames(), REQUEST_TYPE.fieldNames());
  }

  /** Whether a column is a list of header fields. */
  public static boolean isHeaders(DataType type) {
    return type instanceof ArrayType array && sameFields(array.elementType(), HEADER_TYPE);
  }

  private static boolean sameFields(DataType type, StructType expected) {
    if (!(type instanceof StructType struct) || struct.size() != expected.size()) {
      return false;
    }
    StructField[] fields = struct.fields();
    for (int i = 0; i < fields.length; i++) {
      StructField wanted = expected.fields()[i];
      if (!fields[i].name().equals(wanted.name())
          || !fields[i].dataType().equals(wanted.dataType())) {
        return false;
      }
    }
    return true;
  }
}
