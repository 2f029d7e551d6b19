package io.sparkwire.spark.catalyst;

import java.util.List;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.adaptive.AdaptiveSparkPlanExec;
import scala.jdk.javaapi.CollectionConverters;

/** Walks through Spark's physical plans. Stateless. */
public final class PhysicalPlans {

  private PhysicalPlans() {}

  /** The steps whose rows a step reads, also those that Spark may still change while it runs. */
  public static List<SparkPlan> children(SparkPlan step) {
    return step instanceof AdaptiveSparkPlanExec adaptive
        ? List.of(adaptive.initialPlan())
        : CollectionConverters.asJava(step.children());
  }
}
