package io.sparkwire.spark.python;

import io.sparkwire.spark.catalyst.PlanColumns;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.NamedArgumentExpression;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** The columns that functions get, each once. Runs on: driver. Not thread-safe. */
final class InputColumns {

  private final List<Expression> values = new ArrayList<>();

  /** The argument that gets a value, which becomes a column unless it is one. */
  FunctionChain.Argument add(Expression argument) {
    return argument instanceof NamedArgumentExpression named
        ? new FunctionChain.Argument(offset(named.value()), named.key())
        : new FunctionChain.Argument(offset(argument), null);
  }

  private int offset(Expression value) {
    for (int i = 0; i < values.size(); i++) {
      if (values.get(i).semanticEquals(value)) {
        return i;
      }
    }
    values.add(value);
    return values.size() - 1;
  }

  /** The type of a row of them, as Spark's workers get it. */
  StructType type() {
    StructType type = new StructType();
    for (int i = 0; i < values.size(); i++) {
      type = type.add(field(i));
    }
    return type;
  }

  private StructField field(int i) {
    return new StructField("_" + i, values.get(i).dataType(), true, Metadata.empty());
  }

  /** Them as columns of a plan. */
  List<NamedExpression> named() {
    List<NamedExpression> named = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      named.add(PlanColumns.alias(values.get(i), field(i), NamedExpression.newExprId()));
    }
    return named;
  }
}
