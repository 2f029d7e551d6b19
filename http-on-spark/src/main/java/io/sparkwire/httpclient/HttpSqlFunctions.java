package io.sparkwire.httpclient;

import io.sparkwire.spark.SqlFunctions;
import io.sparkwire.spark.catalyst.Ddl;
import io.sparkwire.spark.catalyst.SqlFunction;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.SparkSessionExtensions;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.util.MapData;
import org.apache.spark.sql.classic.ColumnNodeToExpressionConverter$;
import org.apache.spark.sql.classic.ExpressionUtils;
import org.apache.spark.unsafe.types.UTF8String;
import scala.runtime.AbstractFunction1;

/**
 * The SQL functions {@code http_request}, {@code http_call} and {@code http_response_json}.
 *
 * <p>Runs on: driver. Stateless.
 */
public final class HttpSqlFunctions implements SqlFunctions {

  private static final List<SqlFunction> ALL =
      List.of(
          function(
              "http_request",
              "(method, url[, headers[, body[, contentType]]])",
              2,
              5,
              HttpSqlFunctions::request),
          function("http_call", "(request[, options])", 1, 2, HttpSqlFunctions::call),
          function("http_response_json", "(response, type)", 2, 2, HttpSqlFunctions::responseJson));

  private static SqlFunction function(
      String name, String usage, int least, int most, Function<List<Expression>, Column> builder) {
    return new SqlFunction(
        HttpFunctions.class,
        name,
        usage,
        least,
        most,
        given -> ColumnNodeToExpressionConverter$.MODULE$.apply(builder.apply(given).node()));
  }

  @Override
  public void install(SparkSessionExtensions extensions) {
    ALL.forEach(function -> function.install(extensions));
    extensions.injectOptimizerRule(
        new AbstractFunction1<>() {
          @Override
          public CallExtraction apply(org.apache.spark.sql.SparkSession session) {
            return new CallExtraction();
          }
        });
  }

  private static Column column(List<Expression> arguments, int place) {
    return place < arguments.size()
        ? ExpressionUtils.column(arguments.get(place))
        : org.apache.spark.sql.functions.lit(null);
  }

  private static Column request(List<Expression> arguments) {
    Column headers = column(arguments, 2);
    return HttpFunctions.httpRequest(
        column(arguments, 0),
        column(arguments, 1),
        headers,
        column(arguments, 3),
        column(arguments, 4));
  }

  private static Column call(List<Expression> arguments) {
    Map<String, String> options =
        arguments.size() == 1
            ? Map.of()
            : options(SqlFunction.constant("the second argument of http_call", arguments.get(1)));
    return HttpFunctions.httpCall(column(arguments, 0), options);
  }

  private static Column responseJson(List<Expression> arguments) {
    String ddl =
        SqlFunction.constant("the second argument of http_response_json", arguments.get(1))
            .toString();
    return HttpFunctions.httpResponseJson(column(arguments, 0), Ddl.type(ddl));
  }

  private static Map<String, String> options(Object argument) {
    MapData map = (MapData) argument;
    Map<String, String> options = new LinkedHashMap<>();
    for (int i = 0; i < map.numElements(); i++) {
      UTF8String key = map.keyArray().getUTF8String(i);
      options.put(key.toString(), map.valueArray().getUTF8String(i).toString());
    }
    return options;
  }
}
