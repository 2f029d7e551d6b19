package io.sparkwire.spark.source;

import io.sparkwire.spark.catalyst.StepRule;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.datasources.v2.ContinuousScanExec;

/**
 * The rule that puts a {@link TakenRowsExec} above the scan of requests under the continuous
 * trigger. Stateless. Runs on: driver.
 */
public final class TakenRowsRule extends StepRule {

  private static final long serialVersionUID = 1;

  @Override
  protected SparkPlan changed(SparkPlan step) {
    if (step instanceof TakenRowsExec) {
      return step;
    }
    return step instanceof ContinuousScanExec scan && scan.scan() instanceof SparkwireScan
        ? new TakenRowsExec(step)
        : withChildren(step, this::changed);
  }
}
