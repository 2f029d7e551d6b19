package io.sparkwire.spark.batch;

import static org.apache.spark.sql.functions.col;

import io.sparkwire.spark.catalyst.PlanColumns;
import io.sparkwire.spark.plan.NestedPruningBarrier;
import io.sparkwire.spark.plan.RowStep;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.classic.Dataset;
import org.apache.spark.sql.types.StructType;
import scala.jdk.javaapi.CollectionConverters;

/**
 * A step that adds columns to rows, which a function computes in batches. In a streaming query each
 * batch has the rows that wait, up to a bound, and waits for no more; in a batch job it is full.
 *
 * <p>Rows of a partition keep their order, but in a service those that fail come later. Runs on:
 * driver. Stateless.
 */
public final class BatchStep {

  private BatchStep() {}

  /**
   * The rows with the function's columns as their last ones.
   *
   * @param arguments what the function gets, in this order
   * @param results the columns that it gives
   * @param mostRows of a batch, from 1
   */
  public static org.apache.spark.sql.Dataset<Row> over(
      org.apache.spark.sql.Dataset<Row> rows,
      List<Column> arguments,
      StructType results,
      BatchFunction.Maker function,
      int mostRows) {
    List<Column> columns = new ArrayList<>(List.of(col("*")));
    columns.addAll(arguments);
    Dataset<Row> prepared = (Dataset<Row>) rows.select(columns.toArray(Column[]::new));
    LogicalPlan plan = prepared.queryExecution().analyzed();
    List<Attribute> inputs = CollectionConverters.asJava(plan.output());
    int kept = inputs.size() - arguments.size();
    List<Attribute> own = inputs.subList(0, kept);
    StructType given = PlanColumns.type(inputs.subList(kept, inputs.size()));
    RowLayout layout = new RowLayout(kept, RowLayout.id(PlanColumns.type(own)), RowLayout.NONE);
    List<Attribute> output = new ArrayList<>();
    own.forEach(column -> output.add(column.newInstance()));
    Arrays.stream(results.fields()).forEach(field -> output.add(PlanColumns.fresh(field)));
    LogicalPlan step =
        rows.isStreaming()
            ? RowStep.over(plan, new BatchedCalls(function, given, layout, mostRows, null), output)
            : RowStep.over(plan, new BatchedPartition(function, given, layout, mostRows), output);
    return Dataset.ofRows(prepared.sparkSession(), NestedPruningBarrier.above(step));
  }
}
