package io.sparkwire.spark.source;

import io.sparkwire.intake.Passage;
import io.sparkwire.spark.catalyst.CountsRows;
import io.sparkwire.spark.catalyst.PhysicalPlans;
import io.sparkwire.spark.version.RunningQuery;
import io.sparkwire.spark.version.StatefulSteps;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.connector.catalog.Table;
import org.apache.spark.sql.execution.MapPartitionsExec;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.adaptive.ShuffleQueryStageExec;
import org.apache.spark.sql.execution.datasources.v2.DataSourceV2ScanExecBase;
import org.apache.spark.sql.execution.datasources.v2.MicroBatchScanExec;
import org.apache.spark.sql.execution.exchange.Exchange;
import org.apache.spark.sql.execution.exchange.ShuffleExchangeLike;
import org.apache.spark.sql.streaming.OutputMode;
import scala.jdk.javaapi.CollectionConverters;

/**
 * How rows pass through the plan of a running query: when a row that has not come out is known to
 * have been left out.
 *
 * <p>Unknown steps may collect rows or read ahead, so a plan with one has no known passage.
 * Stateless. Runs on: driver.
 */
final class RowPassage {

  private static final String QUERY_ID = "sql.streaming.queryId";

  /** Steps that ask for a row only when they are through with the one before. */
  private static final Set<String> ONE_BY_ONE =
      Set.of(
          "WriteToDataSourceV2Exec",
          "ServedWriteExec",
          "WriteToContinuousDataSourceExec",
          "AdaptiveSparkPlanExec",
          "ResultQueryStageExec",
          "WholeStageCodegenExec",
          "InputAdapter",
          "ProjectExec",
          "FilterExec",
          "GenerateExec",
          "DeserializeToObjectExec",
          "SerializeFromObjectExec",
          "MapElementsExec",
          "EventTimeWatermarkExec",
          "CollectMetricsExec",
          "UnionExec",
          "BroadcastHashJoinExec",
          "BroadcastNestedLoopJoinExec",
          "MicroBatchScanExec",
          "RealTimeStreamScanExec",
          "ContinuousScanExec",
          "TakenRowsExec");

  /** Steps that return no row before they have all rows of their task. */
  private static final Set<String> COLLECTING =
      Set.of(
          "SortExec",
          "WindowExec",
          "HashAggregateExec",
          "ObjectHashAggregateExec",
          "SortAggregateExec");

  /** Spark's steps that run Python functions, which gather rows before they send any. */
  private static final String PYTHON = "org.apache.spark.sql.execution.python.";

  /** Steps that read a stream. */
  private static final Set<String> SCANS =
      Set.of("MicroBatchScanExec", "RealTimeStreamScanExec", "ContinuousScanExec");

  /** The static side of a join, which is there before the first row. */
  private static final Set<String> BROADCAST =
      Set.of("BroadcastExchangeExec", "BroadcastQueryStageExec", "ReusedExchangeExec");

  /** Steps with state that keep no row for a later epoch, unless the output mode is append. */
  private static final Set<String> AT_ONCE_UNLESS_APPEND =
      Set.of(
          "StateStoreSaveExec",
          "SessionWindowStateStoreSaveExec",
          "SessionWindowStateStoreRestoreExec");

  /** Steps with state that keep no row for a later epoch. */
  private static final Set<String> AT_ONCE =
      Set.of(
          "StateStoreRestoreExec",
          "StreamingDeduplicateExec",
          "StreamingDeduplicateWithinWatermarkExec",
          "StreamingGlobalLimitExec",
          "StreamingLocalLimitExec");

  /** Sinks that run a program of the user's, which may reply. */
  private static final Set<String> PROGRAMS =
      Set.of("ForeachBatchSink", "ForeachWriterTable", "PythonForeachWriter");

  private RowPassage() {}

  /** The query of that id, if it runs. */
  static Optional<RunningQuery> query(String id) {
    return Optional.ofNullable(id).map(UUID::fromString).flatMap(RunningQuery::of);
  }

  /** The query whose thread this is. */
  static Optional<RunningQuery> ofCurrentThread() {
    return query(SparkContext.getOrCreate().getLocalProperty(QUERY_ID));
  }

  /** How rows pass from the reader to the writer of a task. */
  static Passage of(SparkPlan plan) {
    if (collecting(plan).isPresent()) {
      return Passage.COLLECTED;
    }
    if (all(plan, RowPassage::isOneByOne)) {
      return Passage.ONE_BY_ONE;
    }
    return all(plan, step -> isOneByOne(step) || worksElsewhere(step))
        ? Passage.BY_STEPS
        : Passage.UNKNOWN;
  }

  /** Whether a step asks for a row only when it is through with the one before. */
  static boolean isOneByOne(SparkPlan step) {
    return ONE_BY_ONE.contains(name(step));
  }

  private static boolean all(SparkPlan step, Predicate<SparkPlan> known) {
    return known.test(step)
        && children(step).stream()
            .filter(child -> !BROADCAST.contains(name(child)))
            .allMatch(child -> all(child, known));
  }

  private static boolean worksElsewhere(SparkPlan step) {
    return step instanceof MapPartitionsExec map && map.func() instanceof CountsRows;
  }

  /**
   * The step of a plan that cannot stream: it returns no row before it has all of its input. Empty
   * if there is none, or a shuffle is between it and the replies, so that epochs are drained
   * anyhow; but Spark's own Python steps are found everywhere.
   */
  static Optional<SparkPlan> collecting(SparkPlan plan) {
    return collecting(plan, true);
  }

  private static Optional<SparkPlan> collecting(SparkPlan step, boolean inWritersTask) {
    if (scan(step).isEmpty()) {
      return Optional.empty();
    }
    boolean isPython = step.getClass().getName().startsWith(PYTHON);
    if (isPython || (inWritersTask && COLLECTING.contains(name(step)))) {
      return Optional.of(step);
    }
    boolean goesOn = inWritersTask && !(step instanceof Exchange);
    return children(step).stream().flatMap(child -> collecting(child, goesOn).stream()).findFirst();
  }

  /** The scan of the service's requests in a plan. */
  static Optional<SparkwireScan> scan(SparkPlan plan) {
    return steps(plan)
        .filter(step -> SCANS.contains(name(step)))
        .map(step -> ((DataSourceV2ScanExecBase) step).scan())
        .filter(SparkwireScan.class::isInstance)
        .map(SparkwireScan.class::cast)
        .findFirst();
  }

  /**
   * Whether rows begin to pass one by one above a step of the writer's task: it is a shuffle, or a
   * step behind one that may collect rows.
   */
  static boolean isBehindShuffle(SparkPlan step) {
    return !isOneByOne(step)
        && !BROADCAST.contains(name(step))
        && steps(step).anyMatch(RowPassage::isShuffle)
        && !readsItself(step);
  }

  private static boolean isShuffle(SparkPlan step) {
    return step instanceof ShuffleExchangeLike || step instanceof ShuffleQueryStageExec;
  }

  private static boolean readsItself(SparkPlan step) {
    return SCANS.contains(name(step))
        || (!isShuffle(step) && children(step).stream().anyMatch(RowPassage::readsItself));
  }

  /** The query of the facade or by format name whose micro-batches a plan is of. */
  static Optional<ServedQuery> microBatch(SparkPlan plan) {
    return steps(plan)
        .filter(MicroBatchScanExec.class::isInstance)
        .flatMap(scan -> ServedQuery.of(((MicroBatchScanExec) scan).stream()).stream())
        .findFirst();
  }

  /**
   * Whether replies come from the query itself, and all of its latest batch before that has ended.
   */
  static boolean endsWithEpoch(RunningQuery query) {
    Optional<SparkPlan> batch = query.lastPlan();
    boolean append = query.outputMode().equals(OutputMode.Append());
    return batch.isPresent()
        && repliesItself(query)
        && steps(batch.get()).allMatch(step -> keepsNothing(step, append));
  }

  private static boolean repliesItself(RunningQuery query) {
    Table sink = query.sink();
    return sink instanceof SparkwireTable
        || PROGRAMS.contains(sink.getClass().getSimpleName())
        || sendsReplies(query.analyzedPlan());
  }

  private static boolean sendsReplies(LogicalPlan plan) {
    return CollectionConverters.asJava(plan.expressions()).stream()
            .anyMatch(expression -> expression.exists(part -> part instanceof SendReply))
        || CollectionConverters.asJava(plan.children()).stream().anyMatch(RowPassage::sendsReplies);
  }

  private static boolean keepsNothing(SparkPlan step, boolean append) {
    return !StatefulSteps.isOne(step)
        || AT_ONCE.contains(name(step))
        || (!append && AT_ONCE_UNLESS_APPEND.contains(name(step)));
  }

  private static Stream<SparkPlan> steps(SparkPlan plan) {
    return Stream.concat(Stream.of(plan), children(plan).stream().flatMap(RowPassage::steps));
  }

  private static List<SparkPlan> children(SparkPlan step) {
    return PhysicalPlans.children(step);
  }

  private static String name(SparkPlan step) {
    return step.getClass().getSimpleName();
  }
}
