package io.sparkwire.spark.plan;

import io.sparkwire.spark.catalyst.Expressions;
import io.sparkwire.spark.catalyst.PlanColumns;
import io.sparkwire.spark.catalyst.Refuses;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.IsNotNull;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.plans.logical.Filter;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import scala.jdk.javaapi.CollectionConverters;

/**
 * The rows of requests that a {@code SELECT} refuses and answers, as {@code parse_request} does:
 * they are left out of its result. Stateless. Runs on: driver.
 */
final class RefusedRows {

  private static final String NAME = "__sparkwire_accepted";

  private RefusedRows() {}

  /** The same plan without these rows. */
  static LogicalPlan leftOut(LogicalPlan plan) {
    List<LogicalPlan> before = CollectionConverters.asJava(plan.children());
    List<LogicalPlan> after = before.stream().map(RefusedRows::leftOut).toList();
    boolean same = IntStream.range(0, before.size()).allMatch(i -> before.get(i) == after.get(i));
    LogicalPlan above =
        same ? plan : plan.withNewChildren(CollectionConverters.asScala(after).toSeq());
    return above instanceof Project project && refuses(project) ? split(project) : above;
  }

  private static boolean refuses(Project project) {
    return Expressions.of(project).anyMatch(RefusedRows::refuses);
  }

  private static boolean refuses(Expression expression) {
    return expression instanceof Refuses refuses && !refuses.isLeftOut();
  }

  /** First what may refuse, then the filter, then everything that the project computes. */
  private static LogicalPlan split(Project project) {
    List<NamedExpression> accepted = new ArrayList<>();
    LogicalPlan above =
        Expressions.map(project, list -> Expressions.map(list, part -> columnOf(part, accepted)));
    List<NamedExpression> passed =
        CollectionConverters.asJava(project.child().output()).stream()
            .map(NamedExpression.class::cast)
            .toList();
    LogicalPlan rows =
        new Project(
            PlanColumns.sequence(Stream.concat(passed.stream(), accepted.stream()).toList()),
            project.child());
    for (NamedExpression column : accepted) {
      rows = new Filter(new IsNotNull((Expression) column.toAttribute()), rows);
    }
    return above.withNewChildren(CollectionConverters.asScala(List.of(rows)).toSeq());
  }

  private static Expression columnOf(Expression part, List<NamedExpression> accepted) {
    if (!refuses(part)) {
      return part;
    }
    StructField field = new StructField(NAME, part.dataType(), true, Metadata.empty());
    Alias column =
        PlanColumns.alias(((Refuses) part).leftOut(), field, NamedExpression.newExprId());
    accepted.add(column);
    return (Expression) column.toAttribute();
  }
}
