package io.sparkwire.model;

import io.sparkwire.log.FirstLine;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.analysis.UnresolvedRelation;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.UnresolvedWith;
import org.apache.spark.sql.catalyst.trees.TreeNode;
import scala.Product;
import scala.collection.Iterable;
import scala.jdk.javaapi.CollectionConverters;

/**
 * The check of the statement of an {@code SQLTransformer}, which Spark would run as it is: a
 * command at once, and a function such as {@code reflect} for each row.
 *
 * <p>A statement may be one query over its rows, made of steps that are known to read nothing else.
 * It is parsed as Spark will parse it, and not analyzed. Runs on: driver. Not thread-safe.
 */
final class StageStatement {

  static final String STAGE = "org.apache.spark.ml.feature.SQLTransformer";

  /** How a statement names its rows. */
  private static final String ROWS = "__THIS__";

  private static final String ROWS_AS_TABLE = "sparkwire_rows";

  /** Which call any method of Java, load a class by its name, or send values elsewhere. */
  private static final Set<String> FUNCTIONS =
      Set.of(
          "reflect",
          "java_method",
          "try_reflect",
          "from_protobuf",
          "to_protobuf",
          "http_request",
          "http_call");

  /**
   * Nodes whose first part is the name of a function: a list, or an identifier that begins with it.
   */
  private static final Set<String> CALLS =
      Set.of("UnresolvedFunction", "UnresolvedGenerator", "UnresolvedTableValuedFunction");

  /** Steps of a query, as Spark's parser makes them. */
  private static final Set<String> STEPS =
      Set.of(
          "Aggregate",
          "Distinct",
          "Except",
          "Expand",
          "Filter",
          "Generate",
          "GlobalLimit",
          "Intersect",
          "Join",
          "LateralJoin",
          "LimitAll",
          "LocalLimit",
          "LocalRelation",
          "Offset",
          "OneRowRelation",
          "PipeOperator",
          "Pivot",
          "Project",
          "RepartitionByExpression",
          "Sample",
          "Sort",
          "SubqueryAlias",
          "Union",
          "Unpivot",
          "UnresolvedHaving",
          "UnresolvedHint",
          "UnresolvedInlineTable",
          "UnresolvedRelation",
          "UnresolvedSubqueryColumnAliases",
          "UnresolvedTVFAliases",
          "UnresolvedTableValuedFunction",
          "UnresolvedWith",
          "WithWindowDefinition");

  private final SparkSession spark;

  StageStatement(SparkSession spark) {
    this.spark = spark;
  }

  /** What is not allowed in a statement, as the rest of a sentence; empty if nothing. */
  Optional<String> fault(String statement) {
    if (statement.contains("${")) {
      return Optional.of(
          "has a statement with '${', in whose place Spark puts settings and secrets");
    }
    try {
      return faultOf(parsed(statement), Set.of(ROWS_AS_TABLE));
    } catch (Exception | StackOverflowError e) { // Spark's ParseException is checked
      return Optional.of("has a statement that cannot be parsed: " + FirstLine.of(e));
    }
  }

  private LogicalPlan parsed(String statement) throws Exception {
    return ((org.apache.spark.sql.classic.SparkSession) spark)
        .sessionState()
        .sqlParser()
        .parsePlan(statement.replace(ROWS, ROWS_AS_TABLE));
  }

  /**
   * What is not allowed in a node of the parsed statement, or below it.
   *
   * @param tables the names that it may read: of its rows, and of queries that WITH names around it
   */
  private static Optional<String> faultOf(Object node, Set<String> tables) {
    Optional<String> own = ownFault(node, tables);
    if (own.isPresent()) {
      return own;
    }
    return node instanceof UnresolvedWith with
        ? faultOfNamed(with, tables)
        : firstFault(children(node), tables);
  }

  private static Optional<String> firstFault(List<Object> nodes, Set<String> tables) {
    return nodes.stream().flatMap(node -> faultOf(node, tables).stream()).findFirst();
  }

  /** Each of the named queries may read those before it. */
  private static Optional<String> faultOfNamed(UnresolvedWith with, Set<String> tables) {
    Set<String> known = new HashSet<>(tables);
    for (Object named : children(with.cteRelations())) {
      Optional<String> fault = faultOf(named, known);
      if (fault.isPresent()) {
        return fault;
      }
      known.add(children(named).get(0).toString());
    }
    return faultOf(with.child(), known);
  }

  /** All parts of a node, of whatever kind: plans and expressions are nested in one another. */
  private static List<Object> children(Object node) {
    if (node instanceof Iterable<?> several) {
      return new ArrayList<>(CollectionConverters.asJavaCollection(several));
    }
    if (node instanceof Product parts) {
      return new ArrayList<>(CollectionConverters.asJava(parts.productIterator().toList()));
    }
    return List.of();
  }

  private static Optional<String> ownFault(Object node, Set<String> tables) {
    if (node instanceof UnresolvedRelation relation) {
      List<String> name = CollectionConverters.asJava(relation.multipartIdentifier());
      return name.size() == 1 && tables.contains(name.get(0))
          ? Optional.empty()
          : Optional.of("has a statement that reads " + String.join(".", name));
    }
    if (node instanceof TreeNode<?> step) {
      String kind = step.getClass().getSimpleName();
      boolean isKnown = !(node instanceof LogicalPlan) || STEPS.contains(kind);
      return isKnown && !kind.contains("UnresolvedIdentifier")
          ? ofFunction(function(step).toLowerCase(Locale.ROOT))
          : Optional.of(
              "has a statement with " + kind + ", which is more than a query on its rows");
    }
    return Optional.empty();
  }

  private static Optional<String> ofFunction(String name) {
    return FUNCTIONS.contains(name)
        ? Optional.of("has a statement that calls " + name)
        : Optional.empty();
  }

  /** The name of the function that a node calls, without catalog and database. */
  private static String function(TreeNode<?> node) {
    if (!CALLS.contains(node.getClass().getSimpleName())) {
      return "";
    }
    Object name = children(node).get(0);
    List<Object> parts = children(name);
    return parts.get(name instanceof Iterable<?> ? parts.size() - 1 : 0).toString();
  }
}
