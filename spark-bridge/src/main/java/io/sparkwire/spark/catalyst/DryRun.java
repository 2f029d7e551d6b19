package io.sparkwire.spark.catalyst;

import io.sparkwire.log.Causes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.CallMethodViaReflection;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.InterpretedMutableProjection;
import org.apache.spark.sql.catalyst.expressions.JoinedRow;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.ScalaUDF;
import org.apache.spark.sql.catalyst.expressions.Unevaluable;
import org.apache.spark.sql.catalyst.expressions.objects.Invoke;
import org.apache.spark.sql.catalyst.plans.LeftOuter$;
import org.apache.spark.sql.catalyst.plans.logical.Filter;
import org.apache.spark.sql.catalyst.plans.logical.Join;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import scala.jdk.javaapi.CollectionConverters;

/**
 * The steps of an optimized plan above one of them, computed on a single row, without a job.
 *
 * <p>It shows whether a row makes the plan throw. It computes what Spark and its models compute,
 * and stops below a step that it cannot follow, such as an aggregate, or a function of a user,
 * which may have effects. A row finds no partner in a left outer join. Immutable. Runs on: driver.
 */
public final class DryRun {

  private static final String SPARKS_EXPRESSIONS = "org.apache.spark.sql.catalyst.expressions.";
  private static final String MODELS = "org.apache.spark.ml.";

  private final List<LogicalPlan> steps;

  private DryRun(List<LogicalPlan> steps) {
    this.steps = steps;
  }

  /** The steps above the one that meets the condition; empty if there is no such step. */
  public static Optional<DryRun> above(LogicalPlan plan, Predicate<LogicalPlan> first) {
    List<LogicalPlan> steps = new ArrayList<>();
    return find(plan, first, steps) ? Optional.of(new DryRun(steps)) : Optional.empty();
  }

  /** Adds that step, and then those above it. */
  private static boolean find(
      LogicalPlan plan, Predicate<LogicalPlan> first, List<LogicalPlan> steps) {
    boolean found =
        first.test(plan)
            || CollectionConverters.asJava(plan.children()).stream()
                .anyMatch(child -> find(child, first, steps));
    if (found) {
      steps.add(plan);
    }
    return found;
  }

  /** Whether a function of Spark's models is in the plan. */
  public static boolean hasModel(LogicalPlan plan) {
    return Expressions.of(plan).anyMatch(DryRun::isOfModel)
        || CollectionConverters.asJava(plan.children()).stream().anyMatch(DryRun::hasModel);
  }

  /** The columns of the first step. */
  public List<Attribute> columns() {
    return CollectionConverters.asJava(steps.get(0).output());
  }

  /**
   * What the steps throw on a row of {@link #columns}: class and message of the cause; empty if
   * they do not throw.
   */
  public Optional<String> failure(InternalRow row) {
    InternalRow at = row;
    try {
      for (int i = 1; i < steps.size() && at != null; i++) {
        at = after(steps.get(i), steps.get(i - 1), at);
      }
      return Optional.empty();
    } catch (Exception e) { // Scala declares nothing of what it throws
      Throwable root = Causes.root(e);
      return Optional.of(root.getClass().getName() + ": " + root.getMessage());
    }
  }

  /** The row after a step; null if it ends there, or the step cannot be followed. */
  private static InternalRow after(LogicalPlan step, LogicalPlan below, InternalRow row) {
    if (step instanceof Project project) {
      List<Expression> wanted = CollectionConverters.asJava(project.expressions());
      List<Expression> known = wanted.stream().filter(DryRun::isKnown).toList();
      InternalRow computed = computed(known, below, row);
      return known.size() == wanted.size() ? computed : null;
    }
    if (step instanceof Filter filter && isKnown(filter.condition())) {
      InternalRow holds = computed(List.of(filter.condition()), below, row);
      return !holds.isNullAt(0) && holds.getBoolean(0) ? row : null;
    }
    return step instanceof Join join && join.left() == below ? joined(join, row) : null;
  }

  private static InternalRow joined(Join join, InternalRow row) {
    if (join.condition().isDefined()) {
      computed(ofLeft(join.condition().get(), join.left()).toList(), join.left(), row);
    }
    return join.joinType() == LeftOuter$.MODULE$
        ? new JoinedRow(row, new GenericInternalRow(join.right().output().size()))
        : null;
  }

  /** The largest parts of a condition that need the left side alone. */
  private static Stream<Expression> ofLeft(Expression condition, LogicalPlan left) {
    if (condition.references().subsetOf(left.outputSet())) {
      return Stream.of(condition).filter(DryRun::isKnown);
    }
    return CollectionConverters.asJava(condition.children()).stream()
        .flatMap(part -> ofLeft(part, left));
  }

  private static InternalRow computed(List<Expression> wanted, LogicalPlan below, InternalRow row) {
    InterpretedMutableProjection projection =
        new InterpretedMutableProjection(PlanColumns.sequence(wanted), below.output());
    projection.initialize(0);
    return projection.apply(row);
  }

  private static boolean isKnown(Expression expression) {
    return Expressions.parts(expression).allMatch(DryRun::isKnownPart);
  }

  private static boolean isKnownPart(Expression part) {
    if (part instanceof Attribute) {
      return true;
    }
    if (part instanceof ScalaUDF) {
      return isOfModel(part);
    }
    if (part instanceof Invoke call) {
      return call.targetObject() instanceof Literal target
          && target.value() instanceof VectorValues;
    }
    return part.getClass().getName().startsWith(SPARKS_EXPRESSIONS)
        && !(part instanceof Unevaluable)
        && !(part instanceof CallMethodViaReflection);
  }

  private static boolean isOfModel(Expression part) {
    return part instanceof ScalaUDF udf && udf.function().getClass().getName().startsWith(MODELS);
  }
}
