package io.sparkwire.spark.source;

import io.sparkwire.intake.Passage;
import io.sparkwire.log.Event;
import io.sparkwire.spark.version.RealTime;
import io.sparkwire.spark.version.RunningQuery;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.streaming.ContinuousTrigger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The start of a query's epochs: how rows will pass through the plan, whether it can stream at all,
 * and what has to be ready before a task reads.
 *
 * <p>Runs on: driver, on a query's own thread. Not thread-safe.
 */
final class EpochStart {

  private static final Logger LOG = LoggerFactory.getLogger(EpochStart.class);

  private final Consumer<SparkPlan> prepare;
  private boolean warned;

  /**
   * @param prepare gets the plan of each epoch; may block
   */
  EpochStart(Consumer<SparkPlan> prepare) {
    this.prepare = prepare;
  }

  /**
   * An epoch of a query begins.
   *
   * @return how its rows pass
   * @throws IllegalArgumentException if its plan cannot stream, and its trigger has no epochs that
   *     could be drained
   */
  Passage begins(RunningQuery query) {
    return query.lastPlan().map(plan -> begins(query, plan)).orElse(Passage.UNKNOWN);
  }

  private Passage begins(RunningQuery query, SparkPlan plan) {
    RowPassage.collecting(plan).ifPresent(step -> cannotStream(query, plan, step));
    prepare.accept(plan);
    return RowPassage.of(plan);
  }

  private void cannotStream(RunningQuery query, SparkPlan plan, SparkPlan step) {
    boolean longLived =
        query.trigger() instanceof ContinuousTrigger || RealTime.is(query.trigger());
    if (longLived) {
      throw new IllegalArgumentException(
          "the pipeline has "
              + step.nodeName()
              + ", which returns no row before it has all rows of an epoch; use the micro-batch"
              + " trigger, under which epochs are then drained");
    }
    if (!warned) {
      warned = true;
      Optional<SparkwireScan> scan = RowPassage.scan(plan);
      Event.EPOCHS_DRAINED.warn(
          LOG,
          "the epochs of service '{}' are drained, because {} in its pipeline returns no row before"
              + " it has all rows of an epoch; a request takes as long as a batch of Spark",
          scan.map(found -> found.options().service().name()).orElse(""),
          step.nodeName());
    }
  }
}
