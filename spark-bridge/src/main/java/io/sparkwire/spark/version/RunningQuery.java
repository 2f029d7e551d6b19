package io.sparkwire.spark.version;

import java.lang.invoke.MethodHandle;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.connector.catalog.Table;
import org.apache.spark.sql.execution.QueryExecution;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.internal.SharedState;
import org.apache.spark.sql.streaming.OutputMode;
import org.apache.spark.sql.streaming.Trigger;

/**
 * A streaming query that runs, as Spark's engine sees it. Spark 4.1 moved the class.
 *
 * <p>Runs on: driver.
 */
public final class RunningQuery {

  private static final Class<?> ENGINE =
      SparkCode.type(
          "org.apache.spark.sql.execution.streaming.runtime.StreamExecution",
          "org.apache.spark.sql.execution.streaming.StreamExecution");

  private static final MethodHandle LAST_EXECUTION = SparkCode.method(ENGINE, "lastExecution");
  private static final MethodHandle ANALYZED_PLAN = SparkCode.method(ENGINE, "analyzedPlan");
  private static final MethodHandle TRIGGER = SparkCode.method(ENGINE, "trigger");
  private static final MethodHandle OUTPUT_MODE = SparkCode.method(ENGINE, "outputMode");
  private static final MethodHandle RUN_ID = SparkCode.method(ENGINE, "runId");
  private static final MethodHandle CHECKPOINT = SparkCode.method(ENGINE, "resolvedCheckpointRoot");
  private static final MethodHandle IS_ACTIVE = SparkCode.method(ENGINE, "isActive");
  private static final MethodHandle SINK = SparkCode.method(ENGINE, "sink");

  private static final MethodHandle ACTIVE =
      SparkCode.method(SharedState.class, "activeStreamingQueries");

  private final Object engine;

  private RunningQuery(Object engine) {
    this.engine = engine;
  }

  /** The query of an id, if it runs. */
  public static Optional<RunningQuery> of(UUID id) {
    Map<?, ?> active = (Map<?, ?>) SparkCode.call(ACTIVE, SparkSession.active().sharedState());
    return Optional.ofNullable(active.get(id)).map(RunningQuery::new);
  }

  /** The plan of its latest batch; empty before the first. */
  public Optional<SparkPlan> lastPlan() {
    return Optional.ofNullable((QueryExecution) SparkCode.call(LAST_EXECUTION, engine))
        .map(QueryExecution::executedPlan);
  }

  public LogicalPlan analyzedPlan() {
    return (LogicalPlan) SparkCode.call(ANALYZED_PLAN, engine);
  }

  public Trigger trigger() {
    return (Trigger) SparkCode.call(TRIGGER, engine);
  }

  public OutputMode outputMode() {
    return (OutputMode) SparkCode.call(OUTPUT_MODE, engine);
  }

  public Table sink() {
    return (Table) SparkCode.call(SINK, engine);
  }

  /** Whether it runs: it has not ended, and was not stopped. */
  public boolean isActive() {
    return (boolean) SparkCode.call(IS_ACTIVE, engine);
  }

  /** The id of this run. */
  public UUID runId() {
    return (UUID) SparkCode.call(RUN_ID, engine);
  }

  /** The directory of its checkpoint. */
  public String checkpoint() {
    return (String) SparkCode.call(CHECKPOINT, engine);
  }
}
