package io.sparkwire.spark;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.apache.spark.ExceptionFailure;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerStageCompleted;
import org.apache.spark.scheduler.SparkListenerStageSubmitted;
import org.apache.spark.scheduler.SparkListenerTaskEnd;

/**
 * A look-out for the first failed task of a continuous query.
 *
 * <p>Spark cannot try such a task again, but does so as often as {@code spark.task.maxFailures}
 * says, and only then ends the query. Runs on: Spark's listener thread. Thread-safe.
 */
final class TaskFailureWatch extends SparkListener {

  private static final String JOB_GROUP = "spark.jobGroup.id";

  private final String owner;
  private final Consumer<String> failed;
  private final Map<Integer, String> runsByStage = new ConcurrentHashMap<>();

  /**
   * @param owner whose queries are watched
   * @param failed is told the run id of a query of which a task failed; must not block
   */
  TaskFailureWatch(String owner, Consumer<String> failed) {
    this.owner = owner;
    this.failed = failed;
  }

  @Override
  public void onStageSubmitted(SparkListenerStageSubmitted event) {
    if (owner.equals(QueryId.ownerIn(event.properties()))) {
      runsByStage.put(event.stageInfo().stageId(), event.properties().getProperty(JOB_GROUP));
    }
  }

  @Override
  public void onTaskEnd(SparkListenerTaskEnd event) {
    String run = runsByStage.get(event.stageId());
    if (run != null && event.reason() instanceof ExceptionFailure) {
      failed.accept(run);
    }
  }

  @Override
  public void onStageCompleted(SparkListenerStageCompleted event) {
    runsByStage.remove(event.stageInfo().stageId());
  }
}
