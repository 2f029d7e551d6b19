package io.sparkwire.spark.plan;

import io.sparkwire.spark.catalyst.Expressions;
import io.sparkwire.spark.catalyst.Invocations;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.MonotonicallyIncreasingID;
import org.apache.spark.sql.catalyst.expressions.Rand;
import org.apache.spark.sql.catalyst.expressions.RandStr;
import org.apache.spark.sql.catalyst.expressions.Randn;
import org.apache.spark.sql.catalyst.expressions.Shuffle;
import org.apache.spark.sql.catalyst.expressions.Uniform;
import org.apache.spark.sql.catalyst.expressions.Uuid;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.ObjectType;

/**
 * Spark's random functions as a service needs them: no two clients get the same value.
 *
 * <p>Spark begins the sequence of such a function anew with each attempt of a task, from one seed
 * per epoch. That is why a seed is ignored, also one that the query gives: Spark replaces those of
 * a streaming query, and {@code functions.rand()} makes one up. Stateless. Runs on: driver.
 */
final class FreshFunctions {

  private FreshFunctions() {}

  /** The expression without Spark's random functions; the same one if it has none. */
  static Expression in(Expression expression) {
    return Expressions.map(expression, FreshFunctions::fresh);
  }

  private static Expression fresh(Expression e) {
    if (e instanceof Uuid) {
      return call("uuid", e);
    } else if (e instanceof Rand) {
      return call("uniform", e);
    } else if (e instanceof Randn) {
      return call("gaussian", e);
    } else if (e instanceof Uniform uniform) {
      return in(uniform.replacement());
    } else if (e instanceof RandStr text) {
      return call("text", e, text.length());
    } else if (e instanceof Shuffle shuffle) {
      DataType element = ((ArrayType) shuffle.dataType()).elementType();
      Literal type = new Literal(element, new ObjectType(DataType.class));
      return Invocations.invoke(
          new FreshValues(), "shuffled", shuffle.dataType(), false, List.of(shuffle.child(), type));
    } else if (e instanceof MonotonicallyIncreasingID) {
      return call("uniqueId", e);
    }
    return e;
  }

  private static Expression call(String method, Expression replaced, Expression... arguments) {
    return Invocations.always(new FreshValues(), method, replaced.dataType(), List.of(arguments));
  }
}
