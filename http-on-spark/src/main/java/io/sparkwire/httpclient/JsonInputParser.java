package io.sparkwire.httpclient;

import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import io.sparkwire.spark.json.ValueJson;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.DataType;

/**
 * Makes requests whose body is the value as JSON.
 *
 * <p>A struct or map becomes an object, an array or ML vector an array, a string or number a JSON
 * string or number; null makes no request. Runs on: driver. Not thread-safe.
 */
public final class JsonInputParser extends HttpInputParser<JsonInputParser> {

  private static final long serialVersionUID = 1;

  public JsonInputParser(String uid) {
    super(uid);
  }

  public JsonInputParser() {
    this(randomUid("jsonInput"));
  }

  public static MLReader<JsonInputParser> read() {
    return new DefaultParamsReader<>();
  }

  public static JsonInputParser load(String path) {
    return read().load(path);
  }

  @Override
  boolean sendsJson() {
    return true;
  }

  @Override
  void check(String column, DataType type) {
    if (!isDefined(url())) {
      throw new IllegalArgumentException("stage '" + uid() + "' has no URL; call setUrl");
    }
    ValueJson.check(column, type);
  }

  @Override
  Column parse(Column input, DataType type) {
    Column request =
        HttpFunctions.httpRequest(
            lit($(method())),
            lit($(url())),
            HttpFunctions.headers($(headers())),
            ValueJson.of(input, type),
            lit("application/json"));
    return ParsedStruct.of(when(input.isNotNull(), request), lit(null), lit(null));
  }
}
