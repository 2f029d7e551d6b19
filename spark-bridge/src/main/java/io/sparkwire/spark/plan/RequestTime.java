package io.sparkwire.spark.plan;

import io.sparkwire.spark.row.RowSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.GetStructField;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.plans.logical.Filter;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import scala.Option;
import scala.jdk.javaapi.CollectionConverters;

/**
 * The current time of a step in a plan: when the row's request was received.
 *
 * <p>It is a field of the column {@code request}. Where that column is no longer there, the field
 * is carried along hidden from below, through steps each of whose rows comes from one row. A
 * projection or a filter above other steps has the time at which it is computed; all others keep
 * Spark's own, which is when the epoch began. Stateless. Runs on: driver.
 */
final class RequestTime {

  private static final String FIELD = "receivedAt";

  /** Steps that compute something for each row. */
  private static final Set<String> COMPUTING =
      Set.of("Project", "Filter", "Generate", "Join", "LateralJoin");

  /** Steps that a column more does not change. */
  private static final Set<String> PASSING =
      Set.of(
          "Project",
          "Filter",
          "Generate",
          "Join",
          "LateralJoin",
          "SubqueryAlias",
          "View",
          "ResolvedHint",
          "Repartition",
          "RepartitionByExpression",
          "RebalancePartitions",
          "EventTimeWatermark",
          "Deduplicate",
          "Sort",
          "LocalLimit",
          "GlobalLimit");

  /** A plan, and the time of the request among the values of its rows. */
  private record Timed(LogicalPlan plan, Expression time) {}

  private RequestTime() {}

  /** The step with the request's time for the current one; the same one if it asks for none. */
  static LogicalPlan in(LogicalPlan node) {
    if (TimeFunctions.of(node).findAny().isEmpty()) {
      return node;
    }
    Optional<Timed> above =
        COMPUTING.contains(node.nodeName()) ? aboveTimedChild(node) : Optional.empty();
    if (above.isPresent()) {
      Timed timed = above.get();
      return withOutputOf(node, TimeFunctions.at(timed.time(), timed.plan()));
    }
    return node instanceof Project || node instanceof Filter
        ? TimeFunctions.at(TimeFunctions.now(), node)
        : node;
  }

  private static LogicalPlan withOutputOf(LogicalPlan node, LogicalPlan changed) {
    return changed instanceof Project || changed.output().size() == node.output().size()
        ? changed
        : new Project(sequence(CollectionConverters.asJava(node.output())), changed);
  }

  /** The step with one child that has the time. */
  private static Optional<Timed> aboveTimedChild(LogicalPlan node) {
    List<LogicalPlan> children = new ArrayList<>(CollectionConverters.asJava(node.children()));
    for (int i = 0; i < children.size(); i++) {
      Optional<Timed> timed = timed(children.get(i));
      if (timed.isPresent()) {
        children.set(i, timed.get().plan());
        LogicalPlan above = node.withNewChildren(CollectionConverters.asScala(children).toSeq());
        return Optional.of(new Timed(above, timed.get().time()));
      }
    }
    return Optional.empty();
  }

  private static Optional<Timed> timed(LogicalPlan plan) {
    Optional<Attribute> request =
        CollectionConverters.asJava(plan.output()).stream()
            .filter(column -> RowSchema.isRequest(column.dataType()) && !column.nullable())
            .findFirst();
    if (request.isPresent()) {
      return Optional.of(new Timed(plan, receivedAt(request.get())));
    }
    return PASSING.contains(plan.nodeName())
        ? aboveTimedChild(plan).flatMap(RequestTime::passedOn)
        : Optional.empty();
  }

  /** The step with the time among its own columns, if no outer join has made rows without it. */
  private static Optional<Timed> passedOn(Timed above) {
    if (above.plan() instanceof Project project) {
      return Optional.of(appended(project, above.time()));
    }
    return above.time() instanceof Attribute time && passes(above.plan(), time)
        ? Optional.of(above)
        : Optional.empty();
  }

  private static boolean passes(LogicalPlan plan, Attribute time) {
    return CollectionConverters.asJava(plan.output()).stream()
        .anyMatch(column -> column.exprId().equals(time.exprId()) && !column.nullable());
  }

  private static Timed appended(Project project, Expression time) {
    NamedExpression column = time instanceof Attribute own ? own : named(time);
    List<NamedExpression> columns =
        new ArrayList<>(CollectionConverters.asJava(project.projectList()));
    columns.add(column);
    return new Timed(new Project(sequence(columns), project.child()), column.toAttribute());
  }

  private static NamedExpression named(Expression time) {
    return new Alias(
        time,
        FIELD,
        NamedExpression.newExprId(),
        sequence(List.of()),
        Option.empty(),
        sequence(List.of()));
  }

  private static Expression receivedAt(Attribute request) {
    int field = RowSchema.REQUEST_TYPE.fieldIndex(FIELD);
    return new GetStructField(request, field, Option.apply(FIELD));
  }

  private static <T> scala.collection.immutable.Seq<T> sequence(List<? extends T> list) {
    return CollectionConverters.<T>asScala(List.<T>copyOf(list)).toSeq();
  }
}
