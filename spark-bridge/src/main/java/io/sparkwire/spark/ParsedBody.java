package io.sparkwire.spark;

import io.sparkwire.spark.catalyst.Ddl;
import io.sparkwire.spark.catalyst.Expressions;
import io.sparkwire.spark.catalyst.PlanColumns;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.AttributeReference;
import org.apache.spark.sql.catalyst.expressions.ExprId;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.GetStructField;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.MetadataBuilder;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import scala.Function1;
import scala.jdk.javaapi.CollectionConverters;
import scala.runtime.AbstractPartialFunction;

/**
 * The column of a plan that holds a request's body as it was parsed, and the schema that goes with
 * it: in the parser, and as a note in the column's metadata.
 *
 * <p>Stateless. Runs on: driver.
 */
final class ParsedBody {

  /** The column's name. */
  static final String NAME = "__sparkwire_parsed";

  /** What the column says of itself in the plan. */
  private static final String SCHEMA = "sparkwire.schema";

  private ParsedBody() {}

  /** The plan knows less of the schema: neither sizes of vectors nor lengths of strings. */
  static Metadata note(StructType schema) {
    return new MetadataBuilder().putString(SCHEMA, Ddl.text(schema)).build();
  }

  /**
   * The schema of the bodies that a plan parses as JSON, as text; empty if it parses none, or some
   * by one schema and some by another.
   */
  static String noteIn(LogicalPlan plan) {
    Set<String> found = new HashSet<>();
    plan.foreach(
        node -> {
          CollectionConverters.asJava(node.output()).stream()
              .map(NamedExpression::metadata)
              .filter(notes -> notes.contains(SCHEMA))
              .forEach(notes -> found.add(notes.getString(SCHEMA)));
          return null;
        });
    return found.size() == 1 ? found.iterator().next() : "";
  }

  /** The schema of the bodies that a plan parses strictly; empty if it does so never, or twice. */
  static Optional<StructType> schemaIn(LogicalPlan plan) {
    Set<StrictJson> found = new HashSet<>();
    plan.foreach(
        node -> {
          Expressions.of(node)
              .filter(ParsedBody::isParser)
              .forEach(parser -> found.add((StrictJson) ((Literal) parser).value()));
          return null;
        });
    return found.size() == 1 ? Optional.of(found.iterator().next().schema()) : Optional.empty();
  }

  private static boolean isParser(Expression expression) {
    return expression instanceof Literal literal && literal.value() instanceof StrictJson;
  }

  /** Whether it is the step that parses bodies strictly. */
  static boolean isParsing(LogicalPlan node) {
    return node instanceof Project && Expressions.of(node).anyMatch(ParsedBody::isParser);
  }

  /** Which of a step's columns it is. */
  static int indexIn(List<Attribute> columns) {
    return IntStream.range(0, columns.size())
        .filter(i -> columns.get(i).name().equals(NAME))
        .findFirst()
        .orElseThrow();
  }

  /** Labels that the models of a plan have learned of fields of the body, by their names. */
  static Map<String, String> labelsIn(LogicalPlan plan) {
    Map<ExprId, String> labels = LearnedLabels.in(plan);
    Map<String, String> ofFields = new HashMap<>();
    plan.foreach(
        node -> {
          Expressions.of(node)
              .filter(e -> e instanceof Alias column && isField(column.child()))
              .map(Alias.class::cast)
              .filter(column -> labels.containsKey(column.exprId()))
              .forEach(column -> ofFields.put(column.name(), labels.get(column.exprId())));
          return null;
        });
    return ofFields;
  }

  private static boolean isField(Expression value) {
    return value instanceof GetStructField field
        && field.child() instanceof Attribute parent
        && parent.name().equals(NAME);
  }

  /** The plan with another schema, whose fields have the same names and types. */
  static LogicalPlan withSchema(LogicalPlan plan, StructType schema) {
    return plan.transformAllExpressionsWithSubqueries(new Replacement(schema, note(schema)));
  }

  /** What becomes of one expression. */
  private static final class Replacement extends AbstractPartialFunction<Expression, Expression> {
    private final StructType schema;
    private final Metadata note;

    Replacement(StructType schema, Metadata note) {
      this.schema = schema;
      this.note = note;
    }

    @Override
    public boolean isDefinedAt(Expression expression) {
      return isParser(expression)
          || ((expression instanceof Alias || expression instanceof AttributeReference)
              && ((NamedExpression) expression).metadata().contains(SCHEMA));
    }

    @Override
    @SuppressWarnings("unchecked")
    public <A extends Expression, B> B applyOrElse(A expression, Function1<A, B> otherwise) {
      return isDefinedAt(expression) ? (B) replaced(expression) : otherwise.apply(expression);
    }

    private Expression replaced(Expression expression) {
      if (expression instanceof Literal literal) {
        return new Literal(((StrictJson) literal.value()).with(schema), literal.dataType());
      }
      if (expression instanceof AttributeReference column) {
        return column.withMetadata(note);
      }
      Alias column = (Alias) expression;
      StructField noted =
          new StructField(column.name(), column.dataType(), column.nullable(), note);
      return PlanColumns.alias(column.child(), noted, column.exprId());
    }
  }
}
