package io.sparkwire.spark.catalyst;

import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.spark.sql.SparkSessionExtensions;
import org.apache.spark.sql.catalyst.FunctionIdentifier;
import org.apache.spark.sql.catalyst.analysis.FunctionRegistry;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.ExpressionInfo;
import scala.Tuple3;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;
import scala.runtime.AbstractFunction1;

/**
 * A function of SQL. Immutable. Runs on: driver.
 *
 * @param of the class that has it for other languages, which {@code DESCRIBE FUNCTION} names
 * @param usage its arguments, as in {@code (value[, status])}
 * @param least how many arguments it takes at least
 * @param most how many arguments it takes at most
 * @param made makes it of its arguments
 */
public record SqlFunction(
    Class<?> of,
    String name,
    String usage,
    int least,
    int most,
    Function<List<Expression>, Expression> made) {

  /** Where Spark says that one is from which was added to a session. */
  private static final String SOURCE = "java_udf";

  /** Adds it to sessions that are made with these extensions. */
  public void install(SparkSessionExtensions extensions) {
    ExpressionInfo info =
        new ExpressionInfo(of.getName(), null, name, "_FUNC_" + usage, "", "", "", "", "", "", "");
    extensions.injectFunction(new Tuple3<>(new FunctionIdentifier(name), info, builder()));
  }

  /**
   * Adds those that are missing to a session that was made before Sparkwire was there. Names are
   * compared without catalog and database, which a registry has from Spark 4.2 on.
   */
  public static void install(List<SqlFunction> functions, FunctionRegistry registry) {
    Set<String> known =
        CollectionConverters.asJava(registry.listFunction()).stream()
            .map(FunctionIdentifier::funcName)
            .collect(Collectors.toSet());
    functions.stream()
        .filter(function -> !known.contains(function.name))
        .forEach(
            function ->
                registry.createOrReplaceTempFunction(function.name, function.builder(), SOURCE));
  }

  private AbstractFunction1<Seq<Expression>, Expression> builder() {
    return new AbstractFunction1<>() {
      @Override
      public Expression apply(Seq<Expression> given) {
        if (given.size() < least || given.size() > most) {
          throw new IllegalArgumentException(
              name + usage + " takes " + least + " to " + most + " arguments, got " + given.size());
        }
        return made.apply(CollectionConverters.asJava(given));
      }
    };
  }

  /**
   * A constant argument.
   *
   * @param what names it in the message
   */
  public static Object constant(String what, Expression argument) {
    Object value = argument.foldable() ? argument.eval(null) : null;
    if (value == null) {
      throw new IllegalArgumentException(what + " must be a constant, but it is " + argument.sql());
    }
    return value;
  }
}
