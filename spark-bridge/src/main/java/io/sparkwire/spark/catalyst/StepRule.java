package io.sparkwire.spark.catalyst;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.SparkSessionExtensions;
import org.apache.spark.sql.catalyst.rules.Rule;
import org.apache.spark.sql.execution.ColumnarRule;
import org.apache.spark.sql.execution.SparkPlan;
import scala.jdk.javaapi.CollectionConverters;
import scala.runtime.AbstractFunction1;

/**
 * A rule that adds steps to physical plans. Where Spark changes plans while they run, it applies
 * the rule to each stage.
 *
 * <p>Spark runs every streaming query in a copy of its session, with rules of its own, so it is
 * enough to install one before the query starts. Stateless. Runs on: driver.
 */
public abstract class StepRule extends ColumnarRule {

  private static final long serialVersionUID = 1;

  /** Returns the plan with the steps of this rule, or the same plan. */
  protected abstract SparkPlan changed(SparkPlan plan);

  /** Has all queries that start in a session from now on follow the rule. */
  public final void install(SparkSession session) {
    SparkSessionExtensions extensions =
        ((org.apache.spark.sql.classic.SparkSession) session).extensions();
    synchronized (extensions) {
      boolean installed =
          CollectionConverters.asJava(extensions.buildColumnarRules(session)).stream()
              .anyMatch(getClass()::isInstance);
      if (!installed) {
        ColumnarRule rule = this;
        extensions.injectColumnar(
            new AbstractFunction1<>() {
              @Override
              public ColumnarRule apply(SparkSession of) {
                return rule;
              }
            });
      }
    }
  }

  @Override
  public final Rule<SparkPlan> preColumnarTransitions() {
    return new Rule<>() {
      @Override
      public SparkPlan apply(SparkPlan plan) {
        return changed(plan);
      }
    };
  }

  /** The step above what becomes of the steps below it; the same one if they stay. */
  protected static SparkPlan withChildren(SparkPlan step, UnaryOperator<SparkPlan> change) {
    List<SparkPlan> before = CollectionConverters.asJava(step.children());
    List<SparkPlan> after = before.stream().map(change).toList();
    boolean same = IntStream.range(0, before.size()).allMatch(i -> before.get(i) == after.get(i));
    return same ? step : step.withNewChildren(CollectionConverters.asScala(after).toSeq());
  }
}
