package io.sparkwire.httpclient;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.get;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.octet_length;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.transform;

import io.sparkwire.httpclient.calls.Batching;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.classic.ExpressionUtils;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/**
 * Functions that make requests, and read responses.
 *
 * <p>Runs on: driver. Stateless.
 */
public final class HttpFunctions {

  private HttpFunctions() {}

  /** A request without a body. */
  public static Column httpRequest(Column method, Column url) {
    return httpRequest(method, url, lit(null), lit(null), lit(null));
  }

  /**
   * A request, of {@link HttpSchema#REQUEST}.
   *
   * @param headers an array of struct(name, value); may be null
   * @param content text or binary; null for no body
   * @param contentType may be null
   */
  public static Column httpRequest(
      Column method, Column url, Column headers, Column content, Column contentType) {
    Column bytes = content.cast(DataTypes.BinaryType);
    Column length = octet_length(bytes).cast(DataTypes.LongType);
    return struct(
            struct(method.as("method"), url.as("uri"), lit(null).as("protocolVersion"))
                .as("requestLine"),
            headers.as("headers"),
            struct(
                    bytes.as("content"),
                    contentType.as("contentType"),
                    lit(null).as("contentEncoding"),
                    length.as("contentLength"))
                .as("entity"))
        .cast(HttpSchema.REQUEST);
  }

  /**
   * Makes a call with the defaults of {@link HttpTransformer}; see {@link #httpCall(Column, Map)}.
   */
  public static Column httpCall(Column request) {
    return httpCall(request, Map.of());
  }

  /**
   * Makes a call: a struct of the response's {@code statusLine}, {@code headers} and {@code
   * entity}, and of {@code error}, which is null unless there is no response or its status is no
   * success.
   *
   * <p>With {@link io.sparkwire.spark.SparkwireExtensions} in the session, many calls are in flight
   * at once and rows continue as their answers arrive; without it, and within a condition, a task
   * makes one call after the other.
   *
   * @param request of {@link HttpSchema#REQUEST}
   * @param options params of {@link HttpTransformer} by name, for example {@code concurrency}
   */
  public static Column httpCall(Column request, Map<String, String> options) {
    ServiceCalls service = HttpTransformer.of(options).service(Batching.NONE);
    Column call = RequestColumn.call(request, HttpSchema.REQUEST);
    return ExpressionUtils.column(
        new HttpCallExpression(ExpressionUtils.expression(call), service));
  }

  /**
   * The value of a response's body in JSON; null if there is none, or if it does not fit the type.
   *
   * @param response what {@link #httpCall} or {@link HttpTransformer} gives
   */
  public static Column httpResponseJson(Column response, DataType type) {
    Column content = response.getField("entity").getField("content");
    DataType wanted = JsonColumn.nullable(type);
    // A variable of a lambda, because parsing evaluates it several times: a call would be repeated.
    Column values =
        transform(
            array(content), body -> JsonColumn.parse(body, wanted).getField(ParsedStruct.VALUE));
    return get(values, lit(0));
  }

  /** Header fields as a request has them. */
  static Column headers(Map<String, String> fields) {
    Column[] headers =
        fields.entrySet().stream()
            .map(e -> struct(lit(e.getKey()).as("name"), lit(e.getValue()).as("value")))
            .toArray(Column[]::new);
    return headers.length == 0 ? lit(null) : array(headers);
  }
}
