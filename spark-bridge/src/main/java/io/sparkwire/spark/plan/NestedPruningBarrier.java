package io.sparkwire.spark.plan;

import io.sparkwire.spark.catalyst.PlanColumns;
import java.io.Serializable;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.objects.Invoke;
import org.apache.spark.sql.catalyst.plans.logical.Filter;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.ObjectType;

/**
 * A condition that always holds, above the step that turns objects into rows.
 *
 * <p>Where a projection that reads only some fields of a struct is directly above such a step,
 * Spark relies on that step to make smaller structs. It does so only for steps that Spark wrote
 * itself; of any other the projection then reads the wrong fields. A condition that Spark may not
 * move or leave out keeps the two apart. Public for generated code. Stateless.
 */
public final class NestedPruningBarrier implements Serializable {

  private static final long serialVersionUID = 1;

  NestedPruningBarrier() {}

  public static LogicalPlan above(LogicalPlan step) {
    Expression barrier =
        new Literal(new NestedPruningBarrier(), new ObjectType(NestedPruningBarrier.class));
    Expression holds =
        new Invoke(
            barrier,
            "holds",
            DataTypes.BooleanType,
            PlanColumns.sequence(List.of()),
            PlanColumns.sequence(List.of()),
            false,
            false,
            false);
    return new Filter(holds, step);
  }

  public boolean holds() {
    return true;
  }
}
