package io.sparkwire.httpclient;

import io.sparkwire.spark.catalyst.Invocations;
import java.io.Serializable;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.codegen.CodegenContext;
import org.apache.spark.sql.catalyst.expressions.codegen.ExprCode;
import org.apache.spark.sql.types.DataType;
import scala.collection.immutable.IndexedSeq;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * The expression that makes a call: of {@link HttpSchema#CALL} in, {@link HttpSchema#CALLED} out.
 *
 * <p>{@link CallExtraction} makes a step of the plan of it, with many calls in flight. Where it
 * stays an expression, the task waits for each call. It counts as non-deterministic: Spark neither
 * repeats nor moves it. Runs on: driver.
 */
final class HttpCallExpression extends Expression implements Serializable {

  private static final long serialVersionUID = 1;

  private final Expression call;
  private final ServiceCalls service;

  HttpCallExpression(Expression call, ServiceCalls service) {
    this.call = call;
    this.service = service;
  }

  Expression call() {
    return call;
  }

  ServiceCalls service() {
    return service;
  }

  private Expression oneByOne() {
    BlockingCall caller = new BlockingCall(service);
    return Invocations.always(caller, "call", HttpSchema.CALLED, List.of(call));
  }

  @Override
  public Seq<Expression> children() {
    return CollectionConverters.asScala(List.of(call)).toSeq();
  }

  @Override
  public Expression withNewChildrenInternal(IndexedSeq<Expression> children) {
    return new HttpCallExpression(children.apply(0), service);
  }

  @Override
  public DataType dataType() {
    return HttpSchema.CALLED;
  }

  @Override
  public boolean nullable() {
    return false;
  }

  @Override
  public boolean deterministic() {
    return false;
  }

  @Override
  public String prettyName() {
    return "http_call";
  }

  @Override
  public Object eval(InternalRow input) {
    return oneByOne().eval(input);
  }

  @Override
  public ExprCode doGenCode(CodegenContext context, ExprCode code) {
    return oneByOne().doGenCode(context, code);
  }

  @Override
  public int productArity() {
    return 2;
  }

  @Override
  public Object productElement(int n) {
    return n == 0 ? call : service;
  }

  @Override
  public boolean canEqual(Object that) {
    return that instanceof HttpCallExpression;
  }

  @Override
  public boolean equals(Object that) {
    return that instanceof HttpCallExpression other
        && call.equals(other.call)
        && service.equals(other.service);
  }

  @Override
  public int hashCode() {
    return 31 * call.hashCode() + service.hashCode();
  }
}
