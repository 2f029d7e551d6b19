package io.sparkwire.spark.source;

import org.apache.spark.SparkContext;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.SparkSessionExtensions;
import org.apache.spark.sql.catalyst.rules.Rule;
import org.apache.spark.sql.execution.ColumnarRule;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.datasources.v2.WriteToDataSourceV2Exec;
import org.apache.spark.sql.execution.streaming.sources.MicroBatchWrite;
import scala.jdk.javaapi.CollectionConverters;
import scala.runtime.AbstractFunction1;

/**
 * The rule that puts a {@link ServedWriteExec} around the step that writes the replies of a query
 * by format name; the facade ends the epochs of its queries itself.
 *
 * <p>Spark runs every streaming query in a copy of its session, with rules of its own, so it is
 * enough to install this one before the query starts. Stateless. Runs on: driver.
 */
public final class ServedWriteRule extends ColumnarRule {

  private static final long serialVersionUID = 1;

  /** Has all queries that start from now on follow the rule. */
  public static void install(SparkSession session) {
    SparkSessionExtensions extensions =
        ((org.apache.spark.sql.classic.SparkSession) session).extensions();
    synchronized (extensions) {
      boolean installed =
          CollectionConverters.asJava(extensions.buildColumnarRules(session)).stream()
              .anyMatch(ServedWriteRule.class::isInstance);
      if (!installed) {
        extensions.injectColumnar(
            new AbstractFunction1<>() {
              @Override
              public ColumnarRule apply(SparkSession of) {
                return new ServedWriteRule();
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
        return writesReplies(plan) ? new ServedWriteExec(plan) : plan;
      }
    };
  }

  private static boolean writesReplies(SparkPlan plan) {
    return plan instanceof WriteToDataSourceV2Exec write
        && write.batchWrite() instanceof MicroBatchWrite batch
        && batch.writeSupport() instanceof SparkwireStreamingWrite
        && !QueryId.isAnnounced(SparkContext.getOrCreate());
  }
}
