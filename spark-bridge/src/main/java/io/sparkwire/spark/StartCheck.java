package io.sparkwire.spark;

import io.sparkwire.intake.ServedService;
import io.sparkwire.intake.ServedServices;
import io.sparkwire.spark.node.SparkMaster;
import io.sparkwire.spark.node.SparkNode;
import io.sparkwire.spark.plan.OneRowPerRequest;
import io.sparkwire.spark.plan.ServedPlan;
import io.sparkwire.spark.source.QueryId;
import io.sparkwire.spark.source.ReplyColumns;
import io.sparkwire.spark.source.SparkwireOptions;
import io.sparkwire.spark.source.SparkwireTable;
import io.sparkwire.spark.source.TaskSlots;
import java.time.Duration;
import java.util.function.Predicate;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.streaming.StreamingRelationV2;
import org.apache.spark.sql.catalyst.streaming.WriteToStream;
import scala.jdk.javaapi.CollectionConverters;
import scala.runtime.AbstractFunction1;
import scala.runtime.BoxedUnit;

/**
 * The check of a query as Spark analyses it, on the thread that calls {@code start()}, which fails
 * with what this finds: so that no query begins to run that could never serve.
 *
 * <p>Queries of the facade have checked the rest before. Stateless. Runs on: driver.
 */
final class StartCheck extends AbstractFunction1<LogicalPlan, BoxedUnit> {

  /** How long the end of a query that has just been stopped may take. */
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  @Override
  public BoxedUnit apply(LogicalPlan plan) {
    if (plan instanceof WriteToStream query) {
      check(query);
    }
    return BoxedUnit.UNIT;
  }

  private static void check(WriteToStream query) {
    if (query.sink() instanceof SparkwireTable) {
      ReplyColumns.of(query.inputQuery().schema());
      OneRowPerRequest.check(query.inputQuery());
    }
    if (!QueryId.isAnnounced(SparkContext.getOrCreate())) {
      try {
        checkSources(query);
      } catch (IllegalStateException e) { // which PySpark would show with its stack trace
        throw new IllegalArgumentException(e.getMessage(), e);
      }
    }
  }

  private static void checkSources(WriteToStream query) {
    CollectionConverters.asJava(query.inputQuery().collectLeaves()).stream()
        .filter(ServedPlan::isSource)
        .map(StreamingRelationV2.class::cast)
        .map(SparkwireOptions::of)
        .filter(source -> SparkMaster.isLocal(SparkContext.getOrCreate()))
        .forEach(source -> check(query, source));
  }

  private static void check(WriteToStream query, SparkwireOptions source) {
    ServedServices services = SparkNode.ofDriver(SparkContext.getOrCreate()).services();
    Predicate<String> earlierRun =
        owner -> QueryId.isRunOf(owner, query.resolvedCheckpointLocation());
    ServedService served = services.find(source.service().name());
    boolean replaces = served != null && earlierRun.test(served.owner()); // Spark ends it first
    if (query.sink() instanceof SparkwireTable && !replaces) {
      checkSlots(query.inputQuery(), source);
    }
    services.check(source.service(), earlierRun);
  }

  private static void checkSlots(LogicalPlan replies, SparkwireOptions source) {
    new Deadline(PATIENCE, () -> false)
        .await(() -> TaskSlots.of(replies, source, false).fittingReplicas() > 0);
    TaskSlots.of(replies, source, false).check(1);
  }
}
