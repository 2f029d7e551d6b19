package io.sparkwire.spark.plan;

import io.sparkwire.log.Event;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.SparkSessionExtensions;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.rules.Rule;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.jdk.javaapi.CollectionConverters;
import scala.runtime.AbstractFunction1;

/**
 * The rule that makes each epoch's plan a {@link ServedPlan} without {@link RefusedRows}.
 *
 * <p>Spark runs every streaming query in a copy of its session, with rules of its own, so it is
 * enough to install the rule before the query starts. Runs on: driver, on a query's own thread.
 */
public final class ServedPlanRule extends Rule<LogicalPlan> {

  private static final Logger LOG = LoggerFactory.getLogger(ServedPlanRule.class);

  private boolean warned;

  /** Has all queries that start from now on follow the rule. */
  public static void install(SparkSession session) {
    SparkSessionExtensions extensions =
        ((org.apache.spark.sql.classic.SparkSession) session).extensions();
    synchronized (extensions) {
      boolean installed =
          CollectionConverters.asJava(extensions.buildPostHocResolutionRules(session)).stream()
              .anyMatch(ServedPlanRule.class::isInstance);
      if (!installed) {
        extensions.injectPostHocResolutionRule(
            new AbstractFunction1<>() {
              @Override
              public Rule<LogicalPlan> apply(SparkSession of) {
                return new ServedPlanRule();
              }
            });
      }
    }
  }

  @Override
  public LogicalPlan apply(LogicalPlan plan) {
    if (!ServedPlan.isOfEpoch(plan)) {
      return plan;
    }
    LogicalPlan served = RowStep.served(RefusedRows.leftOut(ServedPlan.of(plan)));
    if (!warned) {
      warned = true;
      warnOfEpochTimes(ServedPlan.epochTimes(served));
    }
    return served;
  }

  private static void warnOfEpochTimes(List<String> types) {
    if (!types.isEmpty()) {
      Event.EPOCH_TIME_USED.warn(
          LOG,
          "the current time ({}) is that of the epoch's start where the query asks for it in an"
              + " aggregate, a subquery or a static table; use the request's receivedAt instead",
          String.join(", ", types));
    }
  }
}
