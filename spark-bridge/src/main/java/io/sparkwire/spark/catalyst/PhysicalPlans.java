package io.sparkwire.spark.catalyst;

import java.util.List;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.adaptive.AdaptiveSparkPlanExec;
import org.apache.spark.sql.execution.adaptive.QueryStageExec;
import scala.jdk.javaapi.CollectionConverters;

/** Walks through Spark's physical plans. Stateless. */
public final class PhysicalPlans {

  private PhysicalPlans() {}

  /**
   * The steps whose rows a step reads. Where Spark changes a plan while it runs, these are the
   * steps that it has decided on so far.
   */
  public static List<SparkPlan> children(SparkPlan step) {
    if (step instanceof AdaptiveSparkPlanExec adaptive) {
      return List.of(adaptive.executedPlan());
    }
    return step instanceof QueryStageExec stage
        ? List.of(stage.plan())
        : CollectionConverters.asJava(step.children());
  }
}
