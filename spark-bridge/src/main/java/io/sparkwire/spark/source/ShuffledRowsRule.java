package io.sparkwire.spark.source;

import io.sparkwire.spark.catalyst.StepRule;
import io.sparkwire.spark.row.RowSchema;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.execution.SparkPlan;
import scala.jdk.javaapi.CollectionConverters;

/**
 * The rule that puts a {@link ShuffledRowsExec} into the tasks of a micro-batch that write what
 * others have read: where rows begin to pass one by one, which is above the shuffle, or above the
 * last step that collects rows.
 *
 * <p>Stateless. Runs on: driver.
 */
public final class ShuffledRowsRule extends StepRule {

  private static final long serialVersionUID = 1;
  private static final int NONE = -1;

  /** The step itself stays what it is: Spark expects that of the last one of a stage. */
  @Override
  protected SparkPlan changed(SparkPlan step) {
    return RowPassage.isOneByOne(step)
        ? withChildren(
            step, child -> RowPassage.isBehindShuffle(child) ? above(child) : changed(child))
        : step;
  }

  private static SparkPlan above(SparkPlan step) {
    int id = id(CollectionConverters.asJava(step.output()));
    return id == NONE
        ? step
        : RowPassage.microBatch(step)
            .<SparkPlan>map(served -> new ShuffledRowsExec(served, id, step))
            .orElse(step);
  }

  /** Where the request's id is. */
  private static int id(List<Attribute> columns) {
    return IntStream.range(0, columns.size())
        .filter(i -> RowSchema.isId(columns.get(i).dataType()))
        .findFirst()
        .orElse(NONE);
  }
}
