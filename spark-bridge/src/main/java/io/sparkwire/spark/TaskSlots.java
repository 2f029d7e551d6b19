package io.sparkwire.spark;

import io.sparkwire.intake.ServedService;
import io.sparkwire.intake.ServingNode;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.execution.streaming.ContinuousTrigger;
import org.apache.spark.sql.execution.streaming.RealTimeTrigger;
import org.apache.spark.sql.streaming.Trigger;

/**
 * The check that Spark has a task slot for every reader, without which a partition starves in
 * silence.
 *
 * <p>Under a local master the slots are known; elsewhere Spark may still be getting executors, so
 * nothing is refused. Immutable. Runs on: driver.
 */
final class TaskSlots {

  private static final Pattern LOCAL = Pattern.compile("local(?:\\[(\\*|\\d+)(?:\\s*,.*)?])?");

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
  static TaskSlots of(Dataset<Row> replies, SparkwireOptions source, Trigger trigger) {
    SparkContext context = replies.sparkSession().sparkContext();
    boolean rowByRow =
        isRowByRow(replies.queryExecution().analyzed())
            && source.epochs() == SparkwireOptions.Epochs.AUTO;
    boolean longLived = trigger instanceof ContinuousTrigger || trigger instanceof RealTimeTrigger;
    return new TaskSlots(source, context.master(), rowByRow, rowByRow || longLived, free(context));
  }

  /** The slots that no open reader holds; as many as one can think of where tasks run elsewhere. */
  private static int free(SparkContext context) {
    Matcher local = LOCAL.matcher(context.master());
    if (!local.matches()) {
      return Integer.MAX_VALUE;
    }
    int slots = threads(local.group(1)) / context.conf().getInt("spark.task.cpus", 1);
    return slots
        - ServingNode.current().services().all().stream()
            .mapToInt(ServedService::openReaders)
            .sum();
  }

  /** Whether tasks run in this very JVM. */
  static boolean areLocal(SparkContext context) {
    return LOCAL.matcher(context.master()).matches();
  }

  /** The same with some more of them. */
  TaskSlots plus(int slots) {
    int more = free == Integer.MAX_VALUE ? free : free + slots;
    return new TaskSlots(source, master, rowByRow, staysOpen, more);
  }

  /** How many replicas could start now. */
  int fittingReplicas() {
    return staysOpen ? Math.max(0, free / source.partitions()) : Integer.MAX_VALUE;
  }

  /** Two if rows pass one by one and both have their slots, else one. */
  int defaultReplicas() {
    return rowByRow && 2L * source.partitions() <= free ? 2 : 1;
  }

  /**
   * @throws IllegalStateException if a reader would wait for ever
   */
  void check(int replicas) {
    int needed = staysOpen ? replicas * source.partitions() : 1;
    if (needed > free) {
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

  private static int threads(String text) {
    if (text == null) {
      return 1;
    }
    return text.equals("*") ? Runtime.getRuntime().availableProcessors() : Integer.parseInt(text);
  }

  static boolean isRowByRow(LogicalPlan plan) {
    return ROW_BY_ROW.contains(plan.nodeName())
        && scala.jdk.javaapi.CollectionConverters.asJava(plan.children()).stream()
            .allMatch(TaskSlots::isRowByRow);
  }
}
