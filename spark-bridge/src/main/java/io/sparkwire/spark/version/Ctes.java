package io.sparkwire.spark.version;

import java.lang.invoke.MethodHandle;
import org.apache.spark.sql.catalyst.optimizer.InlineCTE;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;

/**
 * Spark's rule that inlines WITH clauses, which Spark 4.3 makes with more parameters. Stateless.
 */
public final class Ctes {

  private static final MethodHandle RULE = SparkCode.constructor(InlineCTE.class);

  private Ctes() {}

  /** The same plan in which each use of a WITH clause is its query. */
  public static LogicalPlan inline(LogicalPlan plan) {
    return ((InlineCTE) SparkCode.call(RULE, true, false)).apply(plan);
  }
}
