package io.sparkwire.httpclient;

import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import java.util.Arrays;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Columns of requests, read by the names of their fields: what is not there is null.
 *
 * <p>Runs on: driver. Stateless.
 */
final class RequestColumn {

  private RequestColumn() {}

  /**
   * Checks that a column holds requests.
   *
   * @throws IllegalArgumentException if it does not; says what is missing
   */
  static void check(String column, DataType type) {
    DataType line = field(type, "requestLine");
    if (field(line, "method") == null || field(line, "uri") == null) {
      throw new IllegalArgumentException(
          "column '"
              + column
              + "' must be a request, with requestLine.method and requestLine.uri, but it is "
              + type.simpleString()
              + "; make it with an input parser or http_request");
    }
  }

  private static DataType field(DataType type, String name) {
    return type instanceof StructType struct && Arrays.asList(struct.fieldNames()).contains(name)
        ? struct.apply(name).dataType()
        : null;
  }

  /** A request as a column of {@link HttpSchema#CALL}. */
  static Column call(Column request, DataType type) {
    return call(request, type, lit(null), lit(null));
  }

  /**
   * The same for a request that may have failed to be made.
   *
   * @param exception null if it did not
   */
  static Column call(Column request, DataType type, Column exception, Column message) {
    Column line = request.getField("requestLine");
    DataType entity = field(type, "entity");
    Column call =
        struct(
            line.getField("method").as("method"),
            line.getField("uri").as("url"),
            get(request, type, "headers").as("headers"),
            get(request.getField("entity"), entity, "content").as("content"),
            get(request.getField("entity"), entity, "contentType").as("contentType"),
            get(request.getField("entity"), entity, "contentEncoding").as("contentEncoding"),
            exception.cast(DataTypes.StringType).as("exception"),
            message.cast(DataTypes.StringType).as("message"));
    return when(request.isNotNull().or(exception.isNotNull()), call).cast(HttpSchema.CALL);
  }

  private static Column get(Column parent, DataType type, String name) {
    return field(type, name) == null ? lit(null) : parent.getField(name);
  }
}
