package io.sparkwire.spark.plan;

import io.sparkwire.spark.catalyst.Expressions;
import io.sparkwire.spark.source.SparkwireScan;
import io.sparkwire.spark.source.SparkwireTable;
import io.sparkwire.spark.version.Ctes;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.WithCTE;
import org.apache.spark.sql.catalyst.streaming.StreamingRelationV2;
import org.apache.spark.sql.execution.datasources.v2.StreamingDataSourceV2ScanRelation;
import scala.jdk.javaapi.CollectionConverters;

/**
 * A query's plan in which functions of time and chance mean what they mean to a client: the time is
 * the request's, and no value occurs twice.
 *
 * <p>Only steps above the requests are changed, and a plan without such functions stays as it is.
 * Stateless. Runs on: driver.
 */
public final class ServedPlan {

  private ServedPlan() {}

  /** The same rows by such a plan. */
  public static Dataset<Row> of(Dataset<Row> rows) {
    return Expressions.map(rows, ServedPlan::of);
  }

  public static LogicalPlan of(LogicalPlan plan) {
    boolean concerned = everyNode(plan).anyMatch(ServedPlan::mayChange);
    return concerned ? changed(inlined(plan)) : plan;
  }

  private static boolean mayChange(LogicalPlan node) {
    return TimeFunctions.of(node).findAny().isPresent()
        || Expressions.map(node, FreshFunctions::in) != node;
  }

  private static LogicalPlan inlined(LogicalPlan plan) {
    boolean hasCtes = everyNode(plan).anyMatch(WithCTE.class::isInstance);
    return hasCtes ? Ctes.inline(plan) : plan;
  }

  private static LogicalPlan changed(LogicalPlan node) {
    if (everyNode(node).noneMatch(ServedPlan::isRequests)) {
      return node; // the static side of a join, which Spark computes once for an epoch
    }
    LogicalPlan above = withChildren(node, ServedPlan::changed);
    return RequestTime.in(Expressions.map(above, FreshFunctions::in));
  }

  /** The node above what becomes of those below it; the same one if they stay. */
  static LogicalPlan withChildren(LogicalPlan node, UnaryOperator<LogicalPlan> change) {
    List<LogicalPlan> before = CollectionConverters.asJava(node.children());
    List<LogicalPlan> after = before.stream().map(change).toList();
    boolean same =
        Stream.iterate(0, i -> i < before.size(), i -> i + 1)
            .allMatch(i -> before.get(i) == after.get(i));
    return same ? node : node.withNewChildren(CollectionConverters.asScala(after).toSeq());
  }

  /** Whether it is the source, before a query starts or as Spark plans it. */
  private static boolean isRequests(LogicalPlan node) {
    return isPlannedRequests(node) || isSource(node);
  }

  /** Whether it is the source of a query that has not started. */
  public static boolean isSource(LogicalPlan node) {
    return node instanceof StreamingRelationV2 relation
        && relation.table() instanceof SparkwireTable;
  }

  private static boolean isPlannedRequests(LogicalPlan node) {
    return node instanceof StreamingDataSourceV2ScanRelation relation
        && relation.scan() instanceof SparkwireScan;
  }

  /** Whether it is that of one epoch of a query. */
  public static boolean isOfEpoch(LogicalPlan plan) {
    return everyNode(plan).anyMatch(ServedPlan::isPlannedRequests);
  }

  /** The time functions that are still Spark's own, by name. */
  static List<String> epochTimes(LogicalPlan plan) {
    return everyNode(plan)
        .flatMap(node -> Stream.concat(Stream.of(node), subqueries(node)))
        .flatMap(TimeFunctions::of)
        .map(function -> function.dataType().sql())
        .distinct()
        .sorted()
        .toList();
  }

  private static Stream<LogicalPlan> subqueries(LogicalPlan node) {
    return CollectionConverters.asJava(node.subqueriesAll()).stream()
        .map(LogicalPlan.class::cast)
        .flatMap(ServedPlan::everyNode);
  }

  private static Stream<LogicalPlan> everyNode(LogicalPlan plan) {
    return Stream.concat(
        Stream.of(plan),
        CollectionConverters.asJava(plan.children()).stream().flatMap(ServedPlan::everyNode));
  }
}
