package io.sparkwire.httpclient;

import static org.apache.spark.sql.functions.udf;

import io.sparkwire.httpclient.calls.Failures;
import io.sparkwire.httpclient.calls.HttpCall;
import io.sparkwire.message.Header;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataType;

/**
 * Makes requests by a function of yours, which gets the value as Java knows it: a struct is a
 * {@link Row}.
 *
 * <p>URL and method are those of the {@link HttpCall} that it returns; the params {@code url} and
 * {@code method} are not used. Null makes no request. Runs on: driver. Not thread-safe.
 */
public final class CustomInputParser extends HttpInputParser<CustomInputParser> {

  private static final long serialVersionUID = 1;

  private final UserFunctionParam function;

  public CustomInputParser(String uid) {
    super(uid);
    this.function = new UserFunctionParam(this, "function", "turns a value into an HttpCall");
  }

  public CustomInputParser() {
    this(randomUid("customInput"));
  }

  public static MLReader<CustomInputParser> read() {
    return new DefaultParamsReader<>();
  }

  public static CustomInputParser load(String path) {
    return read().load(path);
  }

  public Param<UserFunction<?, ?>> function() {
    return function;
  }

  /** How a call is made of a value. */
  public <A> CustomInputParser setFunction(UserFunction<A, HttpCall> value) {
    return with(function, value);
  }

  @Override
  boolean sendsJson() {
    return false;
  }

  @Override
  void check(String column, DataType type) {
    if (!isDefined(function)) {
      throw new IllegalArgumentException("stage '" + uid() + "' has no function; call setFunction");
    }
  }

  @Override
  @SuppressWarnings("unchecked")
  Column parse(Column input, DataType type) {
    UserFunction<Object, HttpCall> make = (UserFunction<Object, HttpCall>) $(function);
    Map<String, String> more = $(headers());
    UDF1<Object, Row> parse = value -> parsed(make, value, more);
    return udf(parse, ParsedStruct.type(HttpSchema.REQUEST)).apply(input);
  }

  private static Row parsed(
      UserFunction<Object, HttpCall> make, Object value, Map<String, String> more) {
    try {
      HttpCall call = value == null ? null : make.apply(value);
      return RowFactory.create(call == null ? null : request(call, more), null, null);
    } catch (Exception e) {
      return RowFactory.create(null, Failures.name(e), Failures.message(e));
    }
  }

  private static Row request(HttpCall call, Map<String, String> more) {
    List<Row> headers = new ArrayList<>();
    for (Header header : call.headers()) {
      headers.add(RowFactory.create(header.name(), header.value()));
    }
    more.forEach((name, value) -> headers.add(RowFactory.create(name, value)));
    byte[] body = call.body();
    return RowFactory.create(
        RowFactory.create(call.method(), call.url(), null),
        headers.toArray(Row[]::new),
        body == null ? null : RowFactory.create(body, null, null, (long) body.length));
  }
}
