package io.sparkwire.spark.source;

import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.SparkSessionExtensions;
import org.apache.spark.sql.catalyst.rules.Rule;
import org.apache.spark.sql.execution.ColumnarRule;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.datasources.v2.ContinuousScanExec;
import scala.jdk.javaapi.CollectionConverters;
import scala.runtime.AbstractFunction1;

/**
 * The rule that puts a {@link TakenRowsExec} above the scan of requests under the continuous
 * trigger.
 *
 * <p>Spark runs every streaming query in a copy of its session, with rules of its own, so it is
 * enough to install this one before the query starts. Stateless. Runs on: driver.
 */
public final class TakenRowsRule extends ColumnarRule {

  private static final long serialVersionUID = 1;

  /** Has all queries that start from now on follow the rule. */
  public static void install(SparkSession session) {
    SparkSessionExtensions extensions =
        ((org.apache.spark.sql.classic.SparkSession) session).extensions();
    synchronized (extensions) {
      boolean installed =
          CollectionConverters.asJava(extensions.buildColumnarRules(session)).stream()
              .anyMatch(TakenRowsRule.class::isInstance);
      if (!installed) {
        extensions.injectColumnar(
            new AbstractFunction1<>() {
              @Override
              public ColumnarRule apply(SparkSession of) {
                return new TakenRowsRule();
              }
            });
      }
    }
  }

  @Override
  public Rule<SparkPlan> preColumnarTransitions() {
    return new Rule<>() {
      @Override
      public SparkPlan apply(SparkPlan plan) {
        return changed(plan);
      }
    };
  }

  private static SparkPlan changed(SparkPlan step) {
    if (step instanceof TakenRowsExec) {
      return step;
    }
    if (step instanceof ContinuousScanExec scan && scan.scan() instanceof SparkwireScan) {
      return new TakenRowsExec(step);
    }
    List<SparkPlan> before = CollectionConverters.asJava(step.children());
    List<SparkPlan> after = before.stream().map(TakenRowsRule::changed).toList();
    boolean same = IntStream.range(0, before.size()).allMatch(i -> before.get(i) == after.get(i));
    return same ? step : step.withNewChildren(CollectionConverters.asScala(after).toSeq());
  }
}
