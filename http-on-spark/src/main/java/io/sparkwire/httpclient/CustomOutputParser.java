package io.sparkwire.httpclient;

import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.when;

import io.sparkwire.httpclient.calls.Failures;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataType;

/**
 * Makes values of responses by a function of yours, which gets the response as a {@link Row} of
 * {@link HttpSchema#RESPONSE}.
 *
 * <p>Runs on: driver. Not thread-safe.
 */
public final class CustomOutputParser extends HttpOutputParser<CustomOutputParser> {

  private static final long serialVersionUID = 1;

  private final UserFunctionParam function;
  private final Param<String> dataType;

  public CustomOutputParser(String uid) {
    super(uid);
    this.function = new UserFunctionParam(this, "function", "turns a response into a value");
    this.dataType = new Param<>(this, "dataType", "the type of what the function returns");
  }

  public CustomOutputParser() {
    this(randomUid("customOutput"));
  }

  public static MLReader<CustomOutputParser> read() {
    return new DefaultParamsReader<>();
  }

  public static CustomOutputParser load(String path) {
    return read().load(path);
  }

  public Param<UserFunction<?, ?>> function() {
    return function;
  }

  public Param<String> dataType() {
    return dataType;
  }

  /** How a value is made of a response. */
  public <B> CustomOutputParser setFunction(UserFunction<Row, B> value, DataType type) {
    return with(function, value).with(dataType, type.json());
  }

  @Override
  DataType valueType() {
    if (!isDefined(function) || !isDefined(dataType)) {
      throw new IllegalArgumentException("stage '" + uid() + "' has no function; call setFunction");
    }
    return DataType.fromJson($(dataType));
  }

  @Override
  @SuppressWarnings("unchecked")
  Column parse(Column response, DataType type) {
    UserFunction<Row, Object> make = (UserFunction<Row, Object>) $(function);
    UDF1<Row, Row> parse = value -> parsed(make, value);
    Column parsed = udf(parse, ParsedStruct.type(valueType())).apply(response);
    return when(response.isNotNull(), parsed);
  }

  private static Row parsed(UserFunction<Row, Object> make, Row response) {
    try {
      return RowFactory.create(make.apply(response), null, null);
    } catch (Exception e) {
      return RowFactory.create(null, Failures.name(e), Failures.message(e));
    }
  }
}
