package io.sparkwire.spark.json;

import io.sparkwire.spark.catalyst.Expressions;
import java.util.Arrays;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.JsonToStructs;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.rules.Rule;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructType;
import scala.Function1;
import scala.runtime.AbstractPartialFunction;

/**
 * The rule that has {@link PermissiveJson} read what a query reads by {@code from_json}, where
 * Spark's own work would have no bound: where the type has a DECIMAL in it.
 *
 * <p>Runs on: driver. Stateless.
 */
public final class BoundedFromJson extends Rule<LogicalPlan> {

  /** The same rows, with every such call in them replaced. */
  public static Dataset<Row> in(Dataset<Row> rows) {
    return Expressions.map(rows, new BoundedFromJson()::apply);
  }

  @Override
  public LogicalPlan apply(LogicalPlan plan) {
    return plan.transformAllExpressionsWithSubqueries(new Replacement());
  }

  private static boolean isUnbounded(JsonToStructs call) {
    return call.resolved() && hasDecimal(call.dataType());
  }

  private static boolean hasDecimal(DataType type) {
    if (type instanceof StructType struct) {
      return Arrays.stream(struct.fields()).anyMatch(field -> hasDecimal(field.dataType()));
    }
    if (type instanceof ArrayType array) {
      return hasDecimal(array.elementType());
    }
    return type instanceof MapType map ? hasDecimal(map.valueType()) : type instanceof DecimalType;
  }

  /** What becomes of one expression. */
  private static final class Replacement extends AbstractPartialFunction<Expression, Expression> {
    @Override
    public boolean isDefinedAt(Expression expression) {
      return expression instanceof JsonToStructs call && isUnbounded(call);
    }

    @Override
    @SuppressWarnings("unchecked")
    public <A extends Expression, B> B applyOrElse(A expression, Function1<A, B> otherwise) {
      return expression instanceof JsonToStructs call && isUnbounded(call)
          ? (B) PermissiveJson.inPlaceOf(call)
          : otherwise.apply(expression);
    }
  }
}
