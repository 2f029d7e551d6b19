package io.sparkwire.httpclient;

import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** The types of requests, responses and errors as columns. Constants only. */
public final class HttpSchema {

  private static final StructType HEADER =
      new StructType()
          .add("name", DataTypes.StringType, false)
          .add("value", DataTypes.StringType, false);

  private static final StructType ENTITY =
      new StructType()
          .add("content", DataTypes.BinaryType)
          .add("contentType", DataTypes.StringType)
          .add("contentEncoding", DataTypes.StringType)
          .add("contentLength", DataTypes.LongType);

  /** A request: {@code requestLine}, {@code headers} and {@code entity}. */
  public static final StructType REQUEST =
      new StructType()
          .add(
              "requestLine",
              new StructType()
                  .add("method", DataTypes.StringType)
                  .add("uri", DataTypes.StringType)
                  .add("protocolVersion", DataTypes.StringType))
          .add("headers", DataTypes.createArrayType(HEADER))
          .add("entity", ENTITY);

  /** A response: {@code statusLine}, {@code headers} and {@code entity}. */
  public static final StructType RESPONSE =
      new StructType()
          .add(
              "statusLine",
              new StructType()
                  .add("protocolVersion", DataTypes.StringType)
                  .add("statusCode", DataTypes.IntegerType)
                  .add("reasonPhrase", DataTypes.StringType))
          .add("headers", DataTypes.createArrayType(HEADER))
          .add("entity", ENTITY);

  /** Why there is no value: what the error column holds where the output column is null. */
  public static final StructType ERROR =
      new StructType()
          .add("status", DataTypes.IntegerType)
          .add("attempts", DataTypes.IntegerType)
          .add("exception", DataTypes.StringType)
          .add("message", DataTypes.StringType)
          .add("body", DataTypes.StringType);

  /**
   * A request as a task reads it; {@code exception} and {@code message} if it could not be made.
   */
  static final StructType CALL =
      new StructType()
          .add("method", DataTypes.StringType)
          .add("url", DataTypes.StringType)
          .add("headers", DataTypes.createArrayType(HEADER))
          .add("content", DataTypes.BinaryType)
          .add("contentType", DataTypes.StringType)
          .add("contentEncoding", DataTypes.StringType)
          .add("exception", DataTypes.StringType)
          .add("message", DataTypes.StringType);

  /** How a call ended. There is an error unless the whole of a successful response was received. */
  static final StructType OUTCOME =
      new StructType()
          .add("response", RESPONSE)
          .add("attempts", DataTypes.IntegerType, false)
          .add("error", ERROR);

  /**
   * What {@code http_call} gives: a response, of which all is null if there is an error instead.
   */
  static final StructType CALLED = RESPONSE.add("error", ERROR);

  private HttpSchema() {}
}
