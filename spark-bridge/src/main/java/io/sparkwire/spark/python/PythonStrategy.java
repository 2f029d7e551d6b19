package io.sparkwire.spark.python;

import io.sparkwire.spark.catalyst.PlanColumns;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.SparkSessionExtensions;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.SparkStrategy;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;
import scala.runtime.AbstractFunction1;

/**
 * The planner's strategy that puts a {@link PythonStep} in the place of Spark's own operators with
 * Python functions, where they are above a service's requests.
 *
 * <p>Spark's operators gather rows before they send any, so they would hold back the rows of an
 * open epoch. Spark runs every streaming query in a copy of its session, with strategies of its
 * own, so it is enough to install this one before the query starts. Stateless. Runs on: driver.
 */
public final class PythonStrategy extends SparkStrategy {

  /** Has all queries that start from now on planned by it, too. */
  public static void install(SparkSession session) {
    SparkSessionExtensions extensions =
        ((org.apache.spark.sql.classic.SparkSession) session).extensions();
    synchronized (extensions) {
      boolean installed =
          CollectionConverters.asJava(extensions.buildPlannerStrategies(session)).stream()
              .anyMatch(PythonStrategy.class::isInstance);
      if (!installed) {
        extensions.injectPlannerStrategy(
            new AbstractFunction1<>() {
              @Override
              public SparkStrategy apply(SparkSession of) {
                return new PythonStrategy();
              }
            });
      }
    }
  }

  @Override
  public Seq<SparkPlan> apply(LogicalPlan plan) {
    return PlanColumns.sequence(
        PythonStep.inPlaceOf(plan).map(this::planLater).map(List::of).orElse(List.of()));
  }
}
