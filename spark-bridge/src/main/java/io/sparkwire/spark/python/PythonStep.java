package io.sparkwire.spark.python;

import io.sparkwire.spark.batch.RowLayout;
import io.sparkwire.spark.catalyst.PlanColumns;
import io.sparkwire.spark.plan.RowStep;
import io.sparkwire.spark.source.ServedQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.expressions.PythonUDF;
import org.apache.spark.sql.catalyst.plans.logical.ArrowEvalPython;
import org.apache.spark.sql.catalyst.plans.logical.BatchEvalPython;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.MapInArrow;
import org.apache.spark.sql.catalyst.plans.logical.MapInPandas;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * An operator with Python functions, as a step whose rows are computed by Python workers.
 *
 * <p>Runs on: driver, on a query's own thread. Immutable.
 */
final class PythonStep {

  private final ServedQuery served;
  private final LogicalPlan child;
  private final SessionConf session;

  private PythonStep(ServedQuery served, LogicalPlan child, SessionConf session) {
    this.served = served;
    this.child = child;
    this.session = session;
  }

  /**
   * The step that does what an operator does.
   *
   * @return empty if the operator has no Python functions, or they are not above the requests of a
   *     service, or of a kind that workers do not compute
   */
  static Optional<LogicalPlan> inPlaceOf(LogicalPlan plan) {
    if (plan instanceof BatchEvalPython eval) {
      return above(eval.child(), plan)
          .map(step -> step.eval(Kinds.PICKLED, eval.udfs(), eval.resultAttrs()));
    } else if (plan instanceof ArrowEvalPython eval && Kinds.ARROW.contains(eval.evalType())) {
      return above(eval.child(), plan)
          .map(step -> step.eval(eval.evalType(), eval.udfs(), eval.resultAttrs()));
    } else if (plan instanceof MapInPandas map && !map.isBarrier() && map.profile().isEmpty()) {
      return above(map.child(), plan).map(step -> step.map(map.functionExpr(), map.output()));
    } else if (plan instanceof MapInArrow map && !map.isBarrier() && map.profile().isEmpty()) {
      return above(map.child(), plan).map(step -> step.map(map.functionExpr(), map.output()));
    }
    return Optional.empty();
  }

  private static Optional<PythonStep> above(LogicalPlan child, LogicalPlan operator) {
    return ServedQuery.in(child)
        .map(served -> new PythonStep(served, child, SessionConf.of(operator.conf())));
  }

  /** Each row's own columns, and then one for each function. */
  private LogicalPlan eval(int kind, Seq<PythonUDF> functions, Seq<Attribute> results) {
    InputColumns inputs = new InputColumns();
    List<FunctionChain> chains =
        CollectionConverters.asJava(functions).stream()
            .map(function -> FunctionChain.of(function, inputs))
            .toList();
    List<NamedExpression> columns = new ArrayList<>(columns());
    columns.addAll(inputs.named());
    List<Attribute> added = CollectionConverters.asJava(results);
    List<Attribute> output = new ArrayList<>(columns());
    output.addAll(added);
    PlannedFunctions planned =
        new PlannedFunctions(kind, chains, session, inputs.type(), PlanColumns.type(added));
    return RowStep.over(
        new Project(PlanColumns.sequence(columns), child),
        new PythonCalls(
            served, planned, new RowLayout(columns().size(), id(columns()), RowLayout.NONE)),
        output);
  }

  /** Only the columns of the rows that the function makes. */
  private LogicalPlan map(Expression function, Seq<Attribute> results) {
    List<Attribute> output = CollectionConverters.asJava(results);
    FunctionChain chain =
        new FunctionChain(
            List.of(((PythonUDF) function).func()), List.of(new FunctionChain.Argument(0, null)));
    PlannedFunctions planned =
        new PlannedFunctions(
            ((PythonUDF) function).evalType(),
            List.of(chain),
            session,
            PlanColumns.type(columns()),
            PlanColumns.type(output));
    return RowStep.over(
        child,
        new PythonCalls(served, planned, new RowLayout(RowLayout.NONE, id(columns()), id(output))),
        output);
  }

  private List<Attribute> columns() {
    return CollectionConverters.asJava(child.output());
  }

  private static int id(List<Attribute> columns) {
    return RowLayout.id(PlanColumns.type(columns));
  }
}
