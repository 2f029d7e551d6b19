package io.sparkwire.spark.plan;

import io.sparkwire.message.ServiceSpec;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.CreateArray;
import org.apache.spark.sql.catalyst.expressions.ExprId;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.JsonTuple;
import org.apache.spark.sql.catalyst.expressions.Stack;
import org.apache.spark.sql.catalyst.expressions.UnaryExpression;
import org.apache.spark.sql.catalyst.plans.logical.Expand;
import org.apache.spark.sql.catalyst.plans.logical.Filter;
import org.apache.spark.sql.catalyst.plans.logical.Generate;
import org.apache.spark.sql.catalyst.plans.logical.Join;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.catalyst.streaming.StreamingRelationV2;
import scala.jdk.javaapi.CollectionConverters;

/**
 * The check that a pipeline is not made to give several rows for one request, of which only the
 * first would be the reply.
 *
 * <p>It refuses what multiplies rows by design: {@code explode} and its like, grouping sets, and
 * the same requests read twice. It goes from the replies down to the first step that makes one row
 * of several, and lets a generator pass whose columns are filtered above it, for one of them may be
 * left. What happens to give several rows, as a join that matches twice, only {@code
 * WrittenRequests} sees. Stateless. Runs on: driver.
 */
public final class OneRowPerRequest {

  /** Steps that may make one row of several. */
  private static final Set<String> COLLECTING =
      Set.of(
          "Aggregate",
          "Deduplicate",
          "DeduplicateWithinWatermark",
          "Distinct",
          "MapGroups",
          "FlatMapGroupsWithState",
          "FlatMapGroupsInPandas",
          "FlatMapGroupsInPandasWithState",
          "TransformWithState",
          "TransformWithStateInPySpark");

  private OneRowPerRequest() {}

  /**
   * Checks that a pipeline is not made to give several rows for one request.
   *
   * @param replies the analysed plan, without its sink
   * @throws IllegalArgumentException if it multiplies rows; says by what
   */
  public static void check(LogicalPlan replies) {
    List<String> read =
        CollectionConverters.asJava(replies.collectLeaves()).stream()
            .filter(ServedPlan::isSource)
            .map(
                leaf -> ((StreamingRelationV2) leaf).extraOptions().get(ServiceSpec.SERVICE.name()))
            .toList();
    if (Set.copyOf(read).size() < read.size()) {
      throw new IllegalArgumentException(
          "the pipeline reads the requests more than once, by a union or a join with itself, but"
              + " each request goes to one of these places only; read them once, and use when() or"
              + " CASE to treat them differently");
    }
    check(replies, new HashSet<>());
  }

  /**
   * @param filtered the columns by which rows are left out above
   */
  private static void check(LogicalPlan plan, Set<ExprId> filtered) {
    refuseExpand(plan);
    if (COLLECTING.contains(plan.nodeName())) {
      children(plan).forEach(OneRowPerRequest::refuseExpand);
      return;
    }
    if (plan instanceof Filter filter) {
      filtered.addAll(used(filter.condition()));
    } else if (plan instanceof Join join && join.condition().isDefined()) {
      filtered.addAll(used(join.condition().get()));
    } else if (plan instanceof Project project) {
      filtered.addAll(behind(project, filtered));
    } else if (plan instanceof Generate generate && !collects(generate.child())) {
      refuseGenerator(generate, filtered);
    }
    children(plan).forEach(child -> check(child, filtered));
  }

  /** Whether a generator above it may give back the rows of several requests. */
  private static boolean collects(LogicalPlan plan) {
    return COLLECTING.contains(plan.nodeName())
        || children(plan).stream().anyMatch(OneRowPerRequest::collects);
  }

  private static void refuseExpand(LogicalPlan plan) {
    if (plan instanceof Expand) {
      throw multiplies("GROUPING SETS, ROLLUP or CUBE");
    }
  }

  private static void refuseGenerator(Generate generate, Set<ExprId> filtered) {
    boolean choosesOne =
        CollectionConverters.asJava(generate.generatorOutput()).stream()
            .anyMatch(column -> filtered.contains(column.exprId()));
    Expression generator = (Expression) generate.generator();
    if (!choosesOne && !givesOneRow(generator)) {
      throw multiplies(generator.prettyName());
    }
  }

  private static boolean givesOneRow(Expression generator) {
    if (generator instanceof Stack stack) {
      return stack.children().head().toString().equals("1");
    }
    boolean ofOneElement =
        generator instanceof UnaryExpression unary
            && unary.child() instanceof CreateArray array
            && array.children().size() == 1;
    return generator instanceof JsonTuple || ofOneElement;
  }

  /** The columns of which those that are filtered above are made. */
  private static Set<ExprId> behind(Project project, Set<ExprId> filtered) {
    Set<ExprId> all = new HashSet<>();
    CollectionConverters.asJava(project.projectList()).stream()
        .filter(column -> column instanceof Alias && filtered.contains(column.exprId()))
        .forEach(column -> all.addAll(used((Expression) column)));
    return all;
  }

  private static Set<ExprId> used(Expression expression) {
    Set<ExprId> ids = new HashSet<>();
    CollectionConverters.asJava(expression.references())
        .forEach(column -> ids.add(column.exprId()));
    return ids;
  }

  private static List<LogicalPlan> children(LogicalPlan plan) {
    return CollectionConverters.asJava(plan.children());
  }

  private static IllegalArgumentException multiplies(String by) {
    return new IllegalArgumentException(
        "the pipeline makes several rows of one request by "
            + by
            + ", but a request gets one reply; keep arrays in one row with transform() or"
            + " aggregate(), or collect the rows again with groupBy(\"id\") and collect_list()");
  }
}
