package io.sparkwire.spark.source;

import io.sparkwire.spark.node.SparkMaster;
import io.sparkwire.spark.node.SparkNode;
import io.sparkwire.spark.version.RealTime;
import java.util.Set;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.execution.streaming.ContinuousTrigger;
import org.apache.spark.sql.streaming.Trigger;

/**
 * The check that Spark has a task slot for every reader, without which a partition starves in
 * silence.
 *
 * <p>Under a local master the slots are known; under others Spark may still be getting executors,
 * so nothing is refused, and the slots it has by now only count for what is left open. Immutable.
 * Runs on: driver.
 */
public final class TaskSlots {

  /** Steps that pass rows on one by one in the task that reads them. */
  private static final Set<String> ROW_BY_ROW =
      Set.of(
          "Project",
          "Filter",
          "Generate",
          "Expand",
          "Union",
          "SubqueryAlias",
          "TypedFilter",
          "MapElements",
          "MapPartitions",
          "MapInPandas",
          "MapInArrow",
          "DeserializeToObject",
          "SerializeFromObject",
          "EventTimeWatermark",
          "StreamingRelationV2");

  private final SparkwireOptions source;
  private final String master;
  private final boolean rowByRow;
  private final boolean staysOpen;
  private final int free;

  private TaskSlots(
      SparkwireOptions source, String master, boolean rowByRow, boolean staysOpen, int free) {
    this.source = source;
    this.master = master;
    this.rowByRow = rowByRow;
    this.staysOpen = staysOpen;
    this.free = free;
  }

  /** The slots as they are now, for a service with these replies. */
  public static TaskSlots of(Dataset<Row> replies, SparkwireOptions source, Trigger trigger) {
    boolean longLived = trigger instanceof ContinuousTrigger || RealTime.is(trigger);
    return of(replies.queryExecution().analyzed(), source, longLived);
  }

  /**
   * The same for an analysed plan of replies.
   *
   * @param longLived whether the trigger has readers stay open, whatever the plan
   */
  public static TaskSlots of(LogicalPlan replies, SparkwireOptions source, boolean longLived) {
    SparkContext context = SparkContext.getOrCreate();
    boolean rowByRow = isRowByRow(replies) && !source.epochs().areDrained();
    return new TaskSlots(source, context.master(), rowByRow, rowByRow || longLived, free(context));
  }

  /** The slots that no open reader holds. */
  private static int free(SparkContext context) {
    int slots =
        SparkMaster.isLocal(context)
            ? SparkMaster.localThreads(context.master())
                / context.conf().getInt("spark.task.cpus", 1)
            : context.maxNumConcurrentTasks(
                context.resourceProfileManager().defaultResourceProfile());
    return slots - SparkNode.ofDriver(context).openReaders();
  }

  /** The same with some more of them. */
  public TaskSlots plus(int slots) {
    return new TaskSlots(source, master, rowByRow, staysOpen, free + slots);
  }

  /** How many replicas could start now. */
  public int fittingReplicas() {
    return staysOpen ? Math.max(0, free / source.partitions()) : Integer.MAX_VALUE;
  }

  /** Two if rows pass one by one and both have their slots, otherwise one. */
  public int defaultReplicas() {
    return rowByRow && 2L * source.partitions() <= free ? 2 : 1;
  }

  /**
   * Checks that every reader of so many replicas gets a slot.
   *
   * @throws IllegalStateException if a reader would wait for ever
   */
  public void check(int replicas) {
    int needed = staysOpen ? replicas * source.partitions() : 1;
    if (needed > free && SparkMaster.isLocal(master)) {
      throw new IllegalStateException(
          "service '"
              + source.service().name()
              + "' needs "
              + needed
              + " task slot(s), but Spark has "
              + free
              + " free with master "
              + master
              + "; use fewer partitions or replicas, or a larger master");
    }
  }

  static boolean isRowByRow(LogicalPlan plan) {
    return ROW_BY_ROW.contains(plan.nodeName())
        && scala.jdk.javaapi.CollectionConverters.asJava(plan.children()).stream()
            .allMatch(TaskSlots::isRowByRow);
  }
}
