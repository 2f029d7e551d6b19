package io.sparkwire.httpclient;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.length;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.to_json;
import static org.apache.spark.sql.functions.when;

import io.sparkwire.spark.ServingFunctions;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructType;

/**
 * Makes requests whose body is the value as JSON.
 *
 * <p>A struct, map or array becomes what Spark's {@code to_json} makes of it, an ML vector an array
 * of all its values, a string or number a JSON string or number; null makes no request. Runs on:
 * driver. Not thread-safe.
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
  boolean makesJson() {
    return true;
  }

  @Override
  void check(String column, DataType type) {
    if (!isDefined(url())) {
      throw new IllegalArgumentException("stage '" + uid() + "' has no URL; call setUrl");
    }
  }

  @Override
  Column parse(Column input, DataType type) {
    Column request =
        HttpFunctions.httpRequest(
            lit($(method())),
            lit($(url())),
            HttpFunctions.headers($(headers())),
            json(input, type),
            lit("application/json"));
    return Parsed.of(when(input.isNotNull(), request), lit(null), lit(null));
  }

  private static Column json(Column input, DataType type) {
    if (type.equals(SQLDataTypes.VectorType())) {
      return to_json(ServingFunctions.vectorToArray(input));
    }
    boolean isNested =
        type instanceof StructType || type instanceof MapType || type instanceof ArrayType;
    return isNested ? to_json(input) : element(to_json(array(input)));
  }

  /** What stands between the brackets of an array of one. */
  private static Column element(Column array) {
    return array.substr(lit(2), length(array).minus(2));
  }
}
