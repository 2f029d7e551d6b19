package io.sparkwire.httpclient;

import io.sparkwire.spark.SqlFunctions;
import io.sparkwire.spark.catalyst.Ddl;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.SparkSessionExtensions;
import org.apache.spark.sql.catalyst.FunctionIdentifier;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.ExpressionInfo;
import org.apache.spark.sql.catalyst.util.MapData;
import org.apache.spark.sql.classic.ColumnNodeToExpressionConverter$;
import org.apache.spark.sql.classic.ExpressionUtils;
import org.apache.spark.unsafe.types.UTF8String;
import scala.Tuple3;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;
import scala.runtime.AbstractFunction1;

/**
 * The SQL functions {@code http_request}, {@code http_call} and {@code http_response_json}.
 *
 * <p>Runs on: driver. Stateless.
 */
public final class HttpSqlFunctions implements SqlFunctions {

  @Override
  public void install(SparkSessionExtensions extensions) {
    add(
        extensions,
        "http_request",
        "(method, url[, headers[, body[, contentType]]])",
        this::request);
    add(extensions, "http_call", "(request[, options])", this::call);
    add(extensions, "http_response_json", "(response, type)", this::responseJson);
    extensions.injectOptimizerRule(
        new AbstractFunction1<>() {
          @Override
          public CallExtraction apply(org.apache.spark.sql.SparkSession session) {
            return new CallExtraction();
          }
        });
  }

  private static void add(
      SparkSessionExtensions extensions,
      String name,
      String usage,
      Function<List<Expression>, Column> builder) {
    ExpressionInfo info =
        new ExpressionInfo(
            HttpFunctions.class.getName(),
            null,
            name,
            "_FUNC_" + usage,
            "",
            "",
            "",
            "",
            "",
            "",
            "");
    extensions.injectFunction(
        new Tuple3<>(
            new FunctionIdentifier(name),
            info,
            new AbstractFunction1<Seq<Expression>, Expression>() {
              @Override
              public Expression apply(Seq<Expression> arguments) {
                List<Expression> given = CollectionConverters.asJava(arguments);
                Column result = builder.apply(given);
                return ColumnNodeToExpressionConverter$.MODULE$.apply(result.node());
              }
            }));
  }

  private static Column column(List<Expression> arguments, int place) {
    return place < arguments.size()
        ? ExpressionUtils.column(arguments.get(place))
        : org.apache.spark.sql.functions.lit(null);
  }

  private static void check(String name, List<Expression> arguments, int least, int most) {
    if (arguments.size() < least || arguments.size() > most) {
      throw new IllegalArgumentException(
          name + " takes " + least + " to " + most + " arguments, got " + arguments.size());
    }
  }

  private Column request(List<Expression> arguments) {
    check("http_request", arguments, 2, 5);
    Column headers = column(arguments, 2);
    return HttpFunctions.httpRequest(
        column(arguments, 0),
        column(arguments, 1),
        headers,
        column(arguments, 3),
        column(arguments, 4));
  }

  private Column call(List<Expression> arguments) {
    check("http_call", arguments, 1, 2);
    Map<String, String> options =
        arguments.size() == 1 ? Map.of() : options(literal("http_call", arguments.get(1)));
    return HttpFunctions.httpCall(column(arguments, 0), options);
  }

  private Column responseJson(List<Expression> arguments) {
    check("http_response_json", arguments, 2, 2);
    String ddl = literal("http_response_json", arguments.get(1)).toString();
    return HttpFunctions.httpResponseJson(column(arguments, 0), Ddl.type(ddl));
  }

  private static Object literal(String function, Expression argument) {
    if (!argument.foldable()) {
      throw new IllegalArgumentException(
          "the second argument of "
              + function
              + " must be a constant, but it is "
              + argument.sql());
    }
    return argument.eval(null);
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
