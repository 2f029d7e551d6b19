package io.sparkwire.spark.version;

import org.apache.spark.sql.execution.SparkPlan;

/** The steps of a plan that keep state between epochs. Spark 4.1 moved their class. Stateless. */
public final class StatefulSteps {

  private static final Class<?> STEP =
      SparkCode.type(
          "org.apache.spark.sql.execution.streaming.operators.stateful.StatefulOperator",
          "org.apache.spark.sql.execution.streaming.StatefulOperator");

  private StatefulSteps() {}

  public static boolean isOne(SparkPlan step) {
    return STEP.isInstance(step);
  }
}
