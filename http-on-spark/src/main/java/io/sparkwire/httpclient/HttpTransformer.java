package io.sparkwire.httpclient;

import static org.apache.spark.sql.functions.lit;

import io.sparkwire.httpclient.calls.Batching;
import io.vertx.core.json.Json;
import java.util.Map;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.DataType;

/**
 * Sends a column of requests, and adds one of responses.
 *
 * <p>Requests have the fields of {@link HttpSchema#REQUEST}; any of them but {@code requestLine}
 * may be missing. Any response counts as a value, whatever its status. Runs on: driver. Not
 * thread-safe.
 */
public final class HttpTransformer extends HttpStage<HttpTransformer> {

  private static final long serialVersionUID = 1;

  public HttpTransformer(String uid) {
    super(uid);
  }

  public HttpTransformer() {
    this(HttpParser.randomUid("http"));
  }

  public static MLReader<HttpTransformer> read() {
    return new DefaultParamsReader<>();
  }

  public static HttpTransformer load(String path) {
    return read().load(path);
  }

  /**
   * A stage with params that are given as text.
   *
   * @throws IllegalArgumentException if there is no param of such a name, or it has no such value
   */
  static HttpTransformer of(Map<String, String> params) {
    HttpTransformer stage = new HttpTransformer();
    params.forEach(
        (name, value) -> {
          if (!stage.hasParam(name)) {
            throw new IllegalArgumentException("HttpTransformer has no param '" + name + "'");
          }
          Param<Object> param = stage.getParam(name);
          stage.with(param, param.jsonDecode(isText(param) ? Json.encode(value) : value));
        });
    return stage;
  }

  private static boolean isText(Param<?> param) {
    return param.getClass() == Param.class;
  }

  @Override
  void check(String column, DataType type) {
    RequestColumn.check(column, type);
  }

  @Override
  Column call(Column input, DataType type) {
    return RequestColumn.call(input, type);
  }

  @Override
  Batching batching() {
    return Batching.NONE;
  }

  @Override
  DataType valueType() {
    return HttpSchema.RESPONSE;
  }

  @Override
  Column parse(Column outcome) {
    return ParsedStruct.of(outcome.getField("response"), lit(null), lit(null));
  }
}
