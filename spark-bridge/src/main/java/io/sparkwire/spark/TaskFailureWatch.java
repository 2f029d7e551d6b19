package io.sparkwire.spark;

import io.sparkwire.intake.FailureCause;
import io.sparkwire.spark.source.QueryFailures;
import io.sparkwire.spark.source.QueryId;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.ExceptionFailure;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerStageCompleted;
import org.apache.spark.scheduler.SparkListenerStageSubmitted;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.scheduler.StageInfo;
import scala.jdk.javaapi.CollectionConverters;

/**
 * A listener for failed tasks of a service's queries.
 *
 * <p>Spark tries a task again as often as {@code spark.task.maxFailures} says, at once and, where
 * its own log is silent, without a message. The owner can end the query before that. Runs on:
 * Spark's listener thread. Thread-safe.
 */
final class TaskFailureWatch extends SparkListener {

  private static final String JOB_GROUP = "spark.jobGroup.id";

  /** Steps that read a stream, by the names that Spark gives to the RDDs that they make. */
  private static final Set<String> SCANS =
      Set.of("MicroBatchScan", "RealTimeStreamScan", "ContinuousScan");

  private final String owner;
  private final Listener listener;
  private final Map<Integer, Stage> stages = new ConcurrentHashMap<>();

  /** Called for each failure; must not block. */
  @FunctionalInterface
  interface Listener {

    /**
     * A task has failed.
     *
     * @param run the run id of the query
     */
    void failed(String run, TaskFailure failure);
  }

  /**
   * A failed task.
   *
   * @param times how often it has failed so far
   * @param reads whether it reads requests, and may have failed on one
   */
  record TaskFailure(int times, boolean reads, FailureCause cause) {}

  /** A stage that runs, and how often each of its tasks has failed. */
  private record Stage(String run, boolean reads, Map<Integer, Integer> failures) {}

  /**
   * @param owner whose queries are watched
   */
  TaskFailureWatch(String owner, Listener listener) {
    this.owner = owner;
    this.listener = listener;
  }

  @Override
  public void onStageSubmitted(SparkListenerStageSubmitted event) {
    if (owner.equals(QueryId.ownerIn(event.properties()))) {
      String run = event.properties().getProperty(JOB_GROUP);
      if (run != null) {
        stages.put(
            event.stageInfo().stageId(),
            new Stage(run, reads(event.stageInfo()), new ConcurrentHashMap<>()));
      }
    }
  }

  private static boolean reads(StageInfo stage) {
    return CollectionConverters.asJava(stage.rddInfos()).stream()
        .anyMatch(rdd -> rdd.scope().exists(scope -> SCANS.contains(scope.name())));
  }

  @Override
  public void onTaskEnd(SparkListenerTaskEnd event) {
    Stage stage = stages.get(event.stageId());
    if (stage != null && event.reason() instanceof ExceptionFailure failure) {
      int times = stage.failures().merge(event.taskInfo().index(), 1, Integer::sum);
      listener.failed(stage.run(), new TaskFailure(times, stage.reads(), cause(failure)));
    }
  }

  private static FailureCause cause(ExceptionFailure failure) {
    return failure.exception().isDefined()
        ? QueryFailures.describe(failure.exception().get())
        : new FailureCause(failure.className(), null, failure.description());
  }

  @Override
  public void onStageCompleted(SparkListenerStageCompleted event) {
    stages.remove(event.stageInfo().stageId());
  }
}
