package io.sparkwire.spark.catalyst;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.codegen.CodegenContext;
import org.apache.spark.sql.catalyst.expressions.codegen.ExprCode;
import scala.collection.immutable.IndexedSeq;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * An expression whose value is what a method of ours returns.
 *
 * <p>The call is made as late as its code, when Spark has resolved the arguments. It counts as
 * non-deterministic: Spark neither repeats nor moves it. Two are equal if their class, arguments
 * and settings are. Immutable. Runs on: driver.
 */
public abstract class CalledExpression extends Expression implements Serializable {

  private static final long serialVersionUID = 1;

  private final String name;
  private final List<Expression> arguments;
  private final List<?> parts;

  /**
   * @param name of the function in SQL
   * @param settings what belongs to it beside its arguments
   */
  protected CalledExpression(String name, List<Expression> arguments, Object... settings) {
    this.name = name;
    this.arguments = arguments;
    List<Object> all = new ArrayList<>(arguments);
    all.addAll(List.of(settings));
    this.parts = all;
  }

  /** The call of the method. */
  protected abstract Expression call();

  /** The same with other arguments. */
  protected abstract Expression with(List<Expression> others);

  @Override
  public final Seq<Expression> children() {
    return CollectionConverters.asScala(arguments).toSeq();
  }

  @Override
  public final Expression withNewChildrenInternal(IndexedSeq<Expression> children) {
    return with(List.copyOf(CollectionConverters.asJava(children)));
  }

  @Override
  public final boolean deterministic() {
    return false;
  }

  @Override
  public final String prettyName() {
    return name;
  }

  @Override
  public final Object eval(InternalRow input) {
    return call().eval(input);
  }

  @Override
  public final ExprCode doGenCode(CodegenContext context, ExprCode code) {
    return call().doGenCode(context, code);
  }

  @Override
  public final int productArity() {
    return parts.size();
  }

  @Override
  public final Object productElement(int n) {
    return parts.get(n);
  }

  @Override
  public final boolean canEqual(Object that) {
    return that != null && that.getClass() == getClass();
  }

  @Override
  public final boolean equals(Object that) {
    return canEqual(that) && parts.equals(((CalledExpression) that).parts);
  }

  @Override
  public final int hashCode() {
    return parts.hashCode();
  }
}
