package io.sparkwire.spark.plan;

import io.sparkwire.spark.catalyst.PhysicalPlans;
import io.sparkwire.spark.catalyst.PlanColumns;
import io.sparkwire.spark.source.ServedQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.CreateStruct;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.GetStructField;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.expressions.objects.Invoke;
import org.apache.spark.sql.catalyst.plans.logical.DeserializeToObject;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.MapPartitions;
import org.apache.spark.sql.catalyst.plans.logical.SerializeFromObject;
import org.apache.spark.sql.execution.MapPartitionsExec;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.ObjectType;
import org.apache.spark.sql.types.StructField;
import scala.Function1;
import scala.Option;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * A step of a plan whose work is done elsewhere, on many rows at a time: rows go in, and come out
 * with other columns as soon as the work on them is done.
 *
 * <p>To Spark it is a typed map over partitions whose objects are its own rows, so values need no
 * conversion, columns keep their metadata, and it works in batch and in every streaming query.
 * Because a thread of its own reads the partition, a row comes out whether or not another one goes
 * in. Runs on: driver. Stateless.
 */
public final class RowStep {

  private RowStep() {}

  /**
   * The step above a plan.
   *
   * @param output the columns of the rows that the work makes, under the ids that they get
   */
  public static LogicalPlan over(
      LogicalPlan plan, RowWork.Maker<?> work, List<? extends Attribute> output) {
    return step(plan, new StepFunction<>(work), output);
  }

  /**
   * The step above a plan of a batch job, whose rows have an end.
   *
   * @param output the columns of the rows that the work makes, under the ids that they get
   */
  public static LogicalPlan over(
      LogicalPlan plan, PartitionWork work, List<? extends Attribute> output) {
    return step(plan, new PartitionFunction(work), output);
  }

  private static LogicalPlan step(
      LogicalPlan plan,
      Function1<scala.collection.Iterator<Object>, scala.collection.Iterator<Object>> function,
      List<? extends Attribute> output) {
    Expression row = CreateStruct.create(PlanColumns.sequence(columns(plan)));
    Attribute input = object(InternalRow.class);
    Attribute result = object(StepRow.class);
    LogicalPlan objects =
        new DeserializeToObject(invoke(row, "copy", input.dataType()), input, plan);
    LogicalPlan done = new MapPartitions(function, result, objects);
    return new SerializeFromObject(fields(result, output), done);
  }

  /** Has the work of all steps in a plan made ready. Blocks. */
  public static void prepare(SparkPlan plan) {
    if (plan instanceof MapPartitionsExec map && map.func() instanceof StepFunction<?> step) {
      step.work().prepare();
    }
    PhysicalPlans.children(plan).forEach(RowStep::prepare);
  }

  /** The plan with its steps as the query that serves its requests has them. */
  static LogicalPlan served(LogicalPlan plan) {
    Optional<ServedQuery> query = ServedQuery.in(plan);
    if (query.isEmpty()) { // the static side of a join
      return plan;
    }
    LogicalPlan above = ServedPlan.withChildren(plan, RowStep::served);
    return above instanceof MapPartitions map && map.func() instanceof StepFunction<?> step
        ? new MapPartitions(step.servedBy(query.get()), map.outputObjAttr(), map.child())
        : above;
  }

  private static List<Attribute> columns(LogicalPlan plan) {
    return List.copyOf(CollectionConverters.asJava(plan.output()));
  }

  private static Attribute object(Class<?> type) {
    return PlanColumns.fresh(new StructField("obj", new ObjectType(type), false, Metadata.empty()));
  }

  private static Expression invoke(Expression target, String method, DataType result) {
    return new Invoke(
        target,
        method,
        result,
        PlanColumns.sequence(List.of()),
        PlanColumns.sequence(List.of()),
        false,
        false,
        true);
  }

  private static Seq<NamedExpression> fields(Attribute object, List<? extends Attribute> output) {
    Expression row = invoke(object, "row", PlanColumns.type(output));
    List<NamedExpression> fields = new ArrayList<>();
    for (int i = 0; i < output.size(); i++) {
      Attribute column = output.get(i);
      fields.add(
          PlanColumns.alias(
              new GetStructField(row, i, Option.empty()),
              PlanColumns.field(column),
              column.exprId()));
    }
    return PlanColumns.sequence(fields);
  }
}
