package io.sparkwire.spark;

import io.sparkwire.intake.ServedService;
import io.sparkwire.intake.ServingNode;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.execution.streaming.ContinuousTrigger;
import org.apache.spark.sql.execution.streaming.RealTimeTrigger;
import org.apache.spark.sql.streaming.Trigger;

/**
 * The check that Spark has a task slot for every reader, without which a partition starves in
 * silence.
 *
 * <p>Under a local master the slots are known; elsewhere Spark may still be getting executors, so
 * nothing is refused. Runs on: driver. Stateless.
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

  private TaskSlots() {}

  /**
   * @throws IllegalStateException if a reader would wait for ever
   */
  static void check(Dataset<Row> replies, SparkwireOptions source, Trigger trigger) {
    SparkContext context = replies.sparkSession().sparkContext();
    Matcher local = LOCAL.matcher(context.master());
    if (!local.matches()) {
      return;
    }
    int slots = threads(local.group(1)) / context.conf().getInt("spark.task.cpus", 1);
    int taken = ServingNode.current().served().stream().mapToInt(ServedService::openReaders).sum();
    int needed = staysOpen(replies, trigger) ? source.partitions() : 1;
    if (needed > slots - taken) {
      throw new IllegalStateException(
          "service '"
              + source.service().name()
              + "' needs "
              + needed
              + " task slot(s), but Spark has "
              + slots
              + " and "
              + taken
              + " are taken by other services; use fewer partitions or a larger master than "
              + context.master());
    }
  }

  /** Whether tasks run in this very JVM. */
  static boolean areLocal(SparkSession spark) {
    return LOCAL.matcher(spark.sparkContext().master()).matches();
  }

  private static int threads(String text) {
    if (text == null) {
      return 1;
    }
    return text.equals("*") ? Runtime.getRuntime().availableProcessors() : Integer.parseInt(text);
  }

  private static boolean staysOpen(Dataset<Row> replies, Trigger trigger) {
    return trigger instanceof ContinuousTrigger
        || trigger instanceof RealTimeTrigger
        || isRowByRow(replies.queryExecution().analyzed());
  }

  static boolean isRowByRow(LogicalPlan plan) {
    return ROW_BY_ROW.contains(plan.nodeName())
        && scala.jdk.javaapi.CollectionConverters.asJava(plan.children()).stream()
            .allMatch(TaskSlots::isRowByRow);
  }
}
