package io.sparkwire.spark.catalyst;

import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.objects.Invoke;
import org.apache.spark.sql.classic.ExpressionUtils;
import org.apache.spark.sql.types.AbstractDataType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.ObjectType;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/** Calls of a method on an object of ours from generated code. Runs on: driver. Stateless. */
public final class Invocations {

  private Invocations() {}

  /** A call that Spark may repeat, move or leave out; null if an argument is null. */
  public static Column pure(Object target, String method, DataType result, Column... arguments) {
    return ExpressionUtils.column(invoke(target, method, result, true, expressions(arguments)));
  }

  /** A call that Spark may not repeat or move, and that sees null arguments. */
  public static Column once(Object target, String method, DataType result, Column... arguments) {
    return ExpressionUtils.column(invoke(target, method, result, false, expressions(arguments)));
  }

  private static List<Expression> expressions(Column... columns) {
    return Arrays.stream(columns).map(ExpressionUtils::expression).toList();
  }

  public static Expression invoke(
      Object target, String method, DataType result, boolean pure, List<Expression> arguments) {
    Literal object = new Literal(target, new ObjectType(target.getClass()));
    Seq<AbstractDataType> asTheyAre = sequence(List.of());
    return new Invoke(object, method, result, sequence(arguments), asTheyAre, pure, true, pure);
  }

  /** A call that Spark may not repeat or move, and that never gives null. */
  public static Expression always(
      Object target, String method, DataType result, List<Expression> arguments) {
    Literal object = new Literal(target, new ObjectType(target.getClass()));
    Seq<AbstractDataType> asTheyAre = sequence(List.of());
    return new Invoke(object, method, result, sequence(arguments), asTheyAre, false, false, false);
  }

  private static <T> Seq<T> sequence(List<T> list) {
    return CollectionConverters.asScala(list).toSeq();
  }
}
