package io.sparkwire.httpclient;

import static org.apache.spark.sql.functions.col;

import io.sparkwire.spark.catalyst.PlanColumns;
import io.sparkwire.spark.plan.NestedPruningBarrier;
import io.sparkwire.spark.plan.RowStep;
import io.sparkwire.spark.row.RowSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.classic.Dataset;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import scala.jdk.javaapi.CollectionConverters;

/**
 * The step of a plan that makes calls: rows go in with one column for each call, and come out with
 * the calls' outcomes in their place.
 *
 * <p>Runs on: driver. Stateless.
 */
final class CallPlan {

  private CallPlan() {}

  /** The rows' own columns, and then one of outcomes for each call. */
  static org.apache.spark.sql.Dataset<Row> apply(
      org.apache.spark.sql.Dataset<Row> rows, List<PlannedCall> calls, boolean ordered) {
    Dataset<Row> prepared = (Dataset<Row>) rows.select(withCalls(calls));
    LogicalPlan plan = prepared.queryExecution().analyzed();
    return Dataset.ofRows(prepared.sparkSession(), over(plan, services(calls), ordered));
  }

  private static Column[] withCalls(List<PlannedCall> calls) {
    List<Column> columns = new ArrayList<>();
    columns.add(col("*"));
    calls.forEach(call -> columns.add(call.call().as(call.outcome())));
    return columns.toArray(Column[]::new);
  }

  private static List<ServiceCalls> services(List<PlannedCall> calls) {
    return calls.stream().map(PlannedCall::service).toList();
  }

  /**
   * Makes the calls in the last columns of a plan.
   *
   * @return a plan of as many columns, in which the last are outcomes
   */
  static LogicalPlan over(LogicalPlan plan, List<ServiceCalls> services, boolean ordered) {
    List<Attribute> columns = CollectionConverters.asJava(plan.output());
    int firstCall = columns.size() - services.size();
    List<Attribute> output = new ArrayList<>();
    columns.subList(0, firstCall).forEach(column -> output.add(column.newInstance()));
    columns.subList(firstCall, columns.size()).forEach(call -> output.add(outcome(call)));
    return NestedPruningBarrier.above(
        RowStep.over(plan, new RowCalls(services, firstCall, id(columns), ordered), output));
  }

  private static int id(List<Attribute> columns) {
    return IntStream.range(0, columns.size())
        .filter(i -> RowSchema.isId(columns.get(i).dataType()))
        .findFirst()
        .orElse(RowCalls.NO_ID);
  }

  private static Attribute outcome(Attribute call) {
    return PlanColumns.fresh(
        new StructField(call.name(), HttpSchema.OUTCOME, false, Metadata.empty()));
  }
}
