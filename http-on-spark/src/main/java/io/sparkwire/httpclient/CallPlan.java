package io.sparkwire.httpclient;

import static org.apache.spark.sql.functions.col;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.AttributeReference;
import org.apache.spark.sql.catalyst.expressions.CreateStruct;
import org.apache.spark.sql.catalyst.expressions.ExprId;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.GetStructField;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.expressions.objects.Invoke;
import org.apache.spark.sql.catalyst.plans.logical.DeserializeToObject;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.MapPartitions;
import org.apache.spark.sql.catalyst.plans.logical.SerializeFromObject;
import org.apache.spark.sql.classic.Dataset;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.ObjectType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import scala.Option;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * The step of a plan that makes calls: rows go in with one column for each call, and come out with
 * the calls' outcomes in their place.
 *
 * <p>To Spark it is a typed map over partitions whose objects are its own rows, so values need no
 * conversion, columns keep their metadata, and it works in batch and in every streaming query. Runs
 * on: driver. Stateless.
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
    Expression row = CreateStruct.create(sequence(List.copyOf(columns)));
    Attribute input = object(InternalRow.class);
    Attribute output = object(CalledRow.class);
    LogicalPlan objects =
        new DeserializeToObject(invoke(row, "copy", input.dataType()), input, plan);
    LogicalPlan answered =
        new MapPartitions(new CallFunction(services, firstCall, ordered), output, objects);
    return NestedPruningBarrier.above(
        new SerializeFromObject(fields(output, columns, firstCall), answered));
  }

  private static Attribute object(Class<?> type) {
    return new AttributeReference(
        "obj",
        new ObjectType(type),
        false,
        Metadata.empty(),
        NamedExpression.newExprId(),
        sequence(List.of()));
  }

  private static Expression invoke(Expression target, String method, DataType result) {
    return invoke(target, method, result, List.of());
  }

  /** A call from generated code, also with null arguments. */
  static Expression invoke(
      Expression target, String method, DataType result, List<Expression> arguments) {
    return new Invoke(
        target, method, result, sequence(arguments), sequence(List.of()), false, false, true);
  }

  private static Seq<NamedExpression> fields(
      Attribute object, List<Attribute> columns, int firstCall) {
    StructType type = new StructType();
    for (int i = 0; i < columns.size(); i++) {
      Attribute column = columns.get(i);
      type =
          type.add(
              i < firstCall
                  ? new StructField(
                      column.name(), column.dataType(), column.nullable(), column.metadata())
                  : new StructField(column.name(), HttpSchema.OUTCOME, false, Metadata.empty()));
    }
    List<NamedExpression> fields = new ArrayList<>();
    Expression row = invoke(object, "row", type);
    for (int i = 0; i < type.size(); i++) {
      StructField field = type.fields()[i];
      fields.add(
          alias(new GetStructField(row, i, Option.empty()), field, NamedExpression.newExprId()));
    }
    return sequence(fields);
  }

  static Alias alias(Expression value, StructField field, ExprId id) {
    return new Alias(
        value,
        field.name(),
        id,
        sequence(List.of()),
        Option.apply(field.metadata()),
        sequence(List.of()));
  }

  static <T> Seq<T> sequence(List<T> list) {
    return CollectionConverters.asScala(list).toSeq();
  }
}
