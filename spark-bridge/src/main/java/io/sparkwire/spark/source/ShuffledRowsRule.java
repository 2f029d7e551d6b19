package io.sparkwire.spark.source;

import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.SparkSessionExtensions;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.rules.Rule;
import org.apache.spark.sql.execution.ColumnarRule;
import org.apache.spark.sql.execution.SparkPlan;
import scala.jdk.javaapi.CollectionConverters;
import scala.runtime.AbstractFunction1;

/**
 * The rule that puts a {@link ShuffledRowsExec} into the tasks of a micro-batch that write what
 * others have read: where rows begin to pass one by one, which is above the shuffle, or above the
 * last step that collects rows.
 *
 * <p>Where Spark changes plans while they run, it applies the rule to each stage. Spark runs every
 * streaming query in a copy of its session, with rules of its own, so it is enough to install this
 * one before the query starts. Stateless. Runs on: driver.
 */
public final class ShuffledRowsRule extends ColumnarRule {

  private static final long serialVersionUID = 1;
  private static final int NONE = -1;

  /** Has all queries that start from now on follow the rule. */
  public static void install(SparkSession session) {
    SparkSessionExtensions extensions =
        ((org.apache.spark.sql.classic.SparkSession) session).extensions();
    synchronized (extensions) {
      boolean installed =
          CollectionConverters.asJava(extensions.buildColumnarRules(session)).stream()
              .anyMatch(ShuffledRowsRule.class::isInstance);
      if (!installed) {
        extensions.injectColumnar(
            new AbstractFunction1<>() {
              @Override
              public ColumnarRule apply(SparkSession of) {
                return new ShuffledRowsRule();
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

  /** The step itself stays what it is: Spark expects that of the last one of a stage. */
  private static SparkPlan changed(SparkPlan step) {
    if (!RowPassage.isOneByOne(step)) {
      return step;
    }
    List<SparkPlan> before = CollectionConverters.asJava(step.children());
    List<SparkPlan> after =
        before.stream()
            .map(child -> RowPassage.isBehindShuffle(child) ? above(child) : changed(child))
            .toList();
    boolean same = IntStream.range(0, before.size()).allMatch(i -> before.get(i) == after.get(i));
    return same ? step : step.withNewChildren(CollectionConverters.asScala(after).toSeq());
  }

  private static SparkPlan above(SparkPlan step) {
    int id = id(CollectionConverters.asJava(step.output()));
    return id == NONE
        ? step
        : RowPassage.microBatch(step)
            .<SparkPlan>map(served -> new ShuffledRowsExec(served, id, step))
            .orElse(step);
  }

  /** Where the request's id is. */
  private static int id(List<Attribute> columns) {
    return IntStream.range(0, columns.size())
        .filter(i -> RowSchema.isId(columns.get(i).dataType()))
        .findFirst()
        .orElse(NONE);
  }
}
