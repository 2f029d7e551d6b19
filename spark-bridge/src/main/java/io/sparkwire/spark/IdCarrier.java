package io.sparkwire.spark;

import io.sparkwire.spark.row.RowSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.catalyst.plans.logical.View;
import scala.jdk.javaapi.CollectionConverters;

/**
 * The way of a request's id through an analysed plan that does not mention it.
 *
 * <p>From the rows upwards, each projection that would drop the id gets it as one more column. A
 * step that makes one row of several requests, or several requests of one, has no place for it and
 * is refused. Immutable. Runs on: driver.
 */
final class IdCarrier {

  /** Steps whose result rows each come from one request. */
  private static final Set<String> ROW_BY_ROW =
      Set.of(
          "Project",
          "Filter",
          "SubqueryAlias",
          "Generate",
          "Join",
          "LateralJoin",
          "ResolvedHint",
          "Repartition",
          "RepartitionByExpression",
          "RebalancePartitions");

  private final LogicalPlan query;
  private final Attribute id;

  private IdCarrier(LogicalPlan query, Attribute id) {
    this.query = query;
    this.id = id;
  }

  /**
   * The query's own columns, and then the id.
   *
   * @param query reads the view {@value RequestSql#VIEW}, which hides the id of its rows
   * @param name what the id's column is called
   * @throws IllegalArgumentException if its rows and the requests do not go together
   */
  static LogicalPlan carry(LogicalPlan query, String name) {
    List<LogicalPlan> reads = everyNode(query).filter(IdCarrier::isRequests).toList();
    if (reads.size() != 1) {
      throw new IllegalArgumentException(
          "the SQL must read the view '"
              + RequestSql.VIEW
              + "' once, but it does "
              + reads.size()
              + " times");
    }
    return new IdCarrier(query, idBelow(reads.get(0)).withName(name)).result();
  }

  private static Attribute idBelow(LogicalPlan view) {
    return everyNode(view)
        .flatMap(node -> CollectionConverters.asJava(node.output()).stream())
        .filter(attribute -> RowSchema.isId(attribute.dataType()))
        .findFirst()
        .orElseThrow();
  }

  private LogicalPlan result() {
    LogicalPlan carrying = with(query);
    if (found(carrying).isEmpty()) {
      throw notOnePerRequest("the requests are only in a subquery or on the far side of a join");
    }
    return project(CollectionConverters.asJava(query.output()), carrying);
  }

  private static Stream<LogicalPlan> everyNode(LogicalPlan plan) {
    Stream<LogicalPlan> below =
        Stream.concat(
            children(plan).stream(), CollectionConverters.asJava(plan.subqueries()).stream());
    return Stream.concat(Stream.of(plan), below.flatMap(IdCarrier::everyNode));
  }

  private static boolean isRequests(LogicalPlan plan) {
    return plan instanceof View view
        && view.isTempView()
        && view.desc().identifier().table().equals(RequestSql.VIEW);
  }

  private LogicalPlan with(LogicalPlan plan) {
    if (found(plan).isPresent()) {
      return plan;
    }
    if (isRequests(plan)) {
      return with(((View) plan).child()); // the plan does without the view from here on
    }
    List<LogicalPlan> children = children(plan).stream().map(this::with).toList();
    if (children.stream().noneMatch(child -> found(child).isPresent())) {
      return plan; // it has nothing to do with the requests
    }
    if (!ROW_BY_ROW.contains(plan.nodeName())) {
      throw notOnePerRequest("'" + plan.nodeName() + "' is not possible");
    }
    LogicalPlan carrying = plan.withNewChildren(CollectionConverters.asScala(children).toSeq());
    refuseRowsWithoutRequest(carrying);
    return carrying instanceof Project project
        ? project(CollectionConverters.asJava(project.projectList()), project.child())
        : carrying;
  }

  private Project project(List<? extends NamedExpression> columns, LogicalPlan child) {
    List<NamedExpression> withId = new ArrayList<>(columns);
    withId.add(id);
    return new Project(CollectionConverters.asScala(withId).toSeq(), child);
  }

  private void refuseRowsWithoutRequest(LogicalPlan plan) {
    if (!id.nullable() && found(plan).filter(Attribute::nullable).isPresent()) {
      throw notOnePerRequest("an outer join may not add rows without a request");
    }
  }

  private Optional<Attribute> found(LogicalPlan plan) {
    return CollectionConverters.asJava(plan.output()).stream()
        .filter(attribute -> attribute.exprId().equals(id.exprId()))
        .findFirst();
  }

  private static List<LogicalPlan> children(LogicalPlan plan) {
    return CollectionConverters.asJava(plan.children());
  }

  private static IllegalArgumentException notOnePerRequest(String reason) {
    return new IllegalArgumentException(
        "the SQL must give one row per request, by SELECT, WHERE, JOIN and LATERAL VIEW and without"
            + " GROUP BY, DISTINCT, ORDER BY, LIMIT or UNION: "
            + reason);
  }
}
