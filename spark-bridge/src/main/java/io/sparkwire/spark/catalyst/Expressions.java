package io.sparkwire.spark.catalyst;

import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import scala.jdk.javaapi.CollectionConverters;
import scala.runtime.AbstractFunction1;

/** Walks through the expressions of Spark's plans. Stateless. */
public final class Expressions {

  private Expressions() {}

  /** Applies a change to an expression's parts and then to itself; keeps what does not change. */
  public static Expression map(Expression expression, UnaryOperator<Expression> change) {
    Expression mapped =
        expression.mapChildren(
            new AbstractFunction1<>() {
              @Override
              public Expression apply(Expression child) {
                return map(child, change);
              }
            });
    return change.apply(mapped);
  }

  /** Applies a change to a step's own expressions; keeps the step if nothing changes. */
  public static LogicalPlan map(LogicalPlan node, UnaryOperator<Expression> change) {
    return node.mapExpressions(
        new AbstractFunction1<>() {
          @Override
          public Expression apply(Expression expression) {
            return change.apply(expression);
          }
        });
  }

  /** Applies a change to the plan of rows; keeps the rows if nothing changes. */
  public static Dataset<Row> map(Dataset<Row> rows, UnaryOperator<LogicalPlan> change) {
    LogicalPlan plan = rows.queryExecution().analyzed();
    LogicalPlan changed = change.apply(plan);
    return changed == plan
        ? rows
        : org.apache.spark.sql.classic.Dataset.ofRows(
            (org.apache.spark.sql.classic.SparkSession) rows.sparkSession(), changed);
  }

  /** All expressions of a step, and their parts. */
  public static Stream<Expression> of(LogicalPlan node) {
    return CollectionConverters.asJava(node.expressions()).stream().flatMap(Expressions::parts);
  }

  /** An expression and its parts. */
  static Stream<Expression> parts(Expression expression) {
    return Stream.concat(
        Stream.of(expression),
        CollectionConverters.asJava(expression.children()).stream().flatMap(Expressions::parts));
  }
}
