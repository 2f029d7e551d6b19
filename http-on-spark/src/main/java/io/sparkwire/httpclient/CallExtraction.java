package io.sparkwire.httpclient;

import io.sparkwire.spark.catalyst.PlanColumns;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.ConditionalExpression;
import org.apache.spark.sql.catalyst.expressions.CreateNamedStruct;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.GetStructField;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.plans.logical.Filter;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.catalyst.rules.Rule;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import scala.Option;
import scala.jdk.javaapi.CollectionConverters;

/**
 * The rule that takes calls out of expressions and makes a step of the plan of them, so that many
 * are in flight at once.
 *
 * <p>It handles projections and filters. A call within a condition stays where it is, because
 * whether it is made depends on the row. Runs on: driver. Stateless.
 */
final class CallExtraction extends Rule<LogicalPlan> {

  @Override
  public LogicalPlan apply(LogicalPlan plan) {
    List<LogicalPlan> children =
        CollectionConverters.asJava(plan.children()).stream().map(this::apply).toList();
    LogicalPlan node =
        children.equals(CollectionConverters.asJava(plan.children()))
            ? plan
            : plan.withNewChildren(PlanColumns.sequence(children));
    List<HttpCallExpression> calls = callsIn(node);
    return calls.isEmpty() ? node : extract(node, calls);
  }

  private static LogicalPlan extract(LogicalPlan node, List<HttpCallExpression> calls) {
    LogicalPlan child = node.children().head();
    List<Attribute> columns = CollectionConverters.asJava(child.output());
    LogicalPlan called = called(child, columns, calls);
    List<Attribute> results = CollectionConverters.asJava(called.output());
    Map<HttpCallExpression, Expression> outcomes = new HashMap<>();
    for (int i = 0; i < calls.size(); i++) {
      outcomes.put(calls.get(i), called(results.get(columns.size() + i)));
    }
    LogicalPlan restored = underOldIds(columns, called);
    if (node instanceof Filter filter) {
      Filter replaced = new Filter(replaced(filter.condition(), outcomes), restored);
      return new Project(PlanColumns.sequence(List.copyOf(columns)), replaced);
    }
    List<NamedExpression> list = new ArrayList<>();
    CollectionConverters.asJava(((Project) node).projectList())
        .forEach(e -> list.add((NamedExpression) replaced((Expression) e, outcomes)));
    return new Project(PlanColumns.sequence(list), restored);
  }

  private static LogicalPlan called(
      LogicalPlan child, List<Attribute> columns, List<HttpCallExpression> calls) {
    List<NamedExpression> withCalls = new ArrayList<>(columns);
    List<ServiceCalls> services = new ArrayList<>();
    for (HttpCallExpression call : calls) {
      StructField field = new StructField("http_call", HttpSchema.CALL, true, Metadata.empty());
      withCalls.add(PlanColumns.alias(call.request(), field, NamedExpression.newExprId()));
      services.add(call.service());
    }
    return CallPlan.over(new Project(PlanColumns.sequence(withCalls), child), services, false);
  }

  /** An outcome as {@code http_call} gives it. */
  private static Expression called(Attribute outcome) {
    Expression response = new GetStructField(outcome, 0, Option.empty());
    List<Expression> fields = new ArrayList<>();
    for (int i = 0; i < HttpSchema.RESPONSE.size(); i++) {
      fields.add(name(i));
      fields.add(new GetStructField(response, i, Option.empty()));
    }
    fields.add(name(HttpSchema.RESPONSE.size()));
    fields.add(new GetStructField(outcome, 2, Option.empty()));
    return new CreateNamedStruct(PlanColumns.sequence(fields));
  }

  private static Expression name(int field) {
    return Literal.create(HttpSchema.CALLED.fieldNames()[field], DataTypes.StringType);
  }

  /** The columns under the ids by which the rest of the plan knows them, and then the outcomes. */
  private static LogicalPlan underOldIds(List<Attribute> columns, LogicalPlan called) {
    List<NamedExpression> list = new ArrayList<>();
    List<Attribute> results = CollectionConverters.asJava(called.output());
    for (int i = 0; i < results.size(); i++) {
      Attribute result = results.get(i);
      if (i < columns.size()) {
        Attribute old = columns.get(i);
        list.add(PlanColumns.alias(result, PlanColumns.field(old), old.exprId()));
      } else {
        list.add(result);
      }
    }
    return new Project(PlanColumns.sequence(list), called);
  }

  private static Expression replaced(
      Expression expression, Map<HttpCallExpression, Expression> outcomes) {
    if (expression instanceof HttpCallExpression call && outcomes.containsKey(call)) {
      return outcomes.get(call);
    }
    List<Expression> children =
        CollectionConverters.asJava(expression.children()).stream()
            .map(child -> replaced(child, outcomes))
            .toList();
    return children.isEmpty()
        ? expression
        : expression.withNewChildren(PlanColumns.sequence(children));
  }

  private static List<HttpCallExpression> callsIn(LogicalPlan node) {
    List<HttpCallExpression> calls = new ArrayList<>();
    if (node instanceof Project || node instanceof Filter) {
      CollectionConverters.asJava(node.expressions()).forEach(e -> collect(e, calls));
    }
    return calls;
  }

  private static void collect(Expression expression, List<HttpCallExpression> calls) {
    if (expression instanceof HttpCallExpression call) {
      if (!calls.contains(call)) {
        calls.add(call);
      }
    } else if (!(expression instanceof ConditionalExpression)) {
      CollectionConverters.asJava(expression.children()).forEach(e -> collect(e, calls));
    }
  }
}
