package io.sparkwire.spark.source;

import io.sparkwire.spark.catalyst.StepRule;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.datasources.v2.WriteToDataSourceV2Exec;
import org.apache.spark.sql.execution.streaming.sources.MicroBatchWrite;

/**
 * The rule that puts a {@link ServedWriteExec} around the step that writes the replies of a query
 * by format name; the facade ends the epochs of its queries itself.
 *
 * <p>Stateless. Runs on: driver.
 */
public final class ServedWriteRule extends StepRule {

  private static final long serialVersionUID = 1;

  @Override
  protected SparkPlan changed(SparkPlan plan) {
    return writesReplies(plan) ? new ServedWriteExec(plan) : plan;
  }

  private static boolean writesReplies(SparkPlan plan) {
    return plan instanceof WriteToDataSourceV2Exec write
        && write.batchWrite() instanceof MicroBatchWrite batch
        && batch.writeSupport() instanceof SparkwireStreamingWrite
        && !QueryId.isAnnounced(SparkContext.getOrCreate());
  }
}
