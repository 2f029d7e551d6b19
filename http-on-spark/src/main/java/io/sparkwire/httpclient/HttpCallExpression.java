package io.sparkwire.httpclient;

import io.sparkwire.spark.catalyst.CalledExpression;
import io.sparkwire.spark.catalyst.Invocations;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.types.DataType;

/**
 * The expression that makes a call: of {@link HttpSchema#CALL} in, {@link HttpSchema#CALLED} out.
 *
 * <p>{@link CallExtraction} makes a step of the plan of it, with many calls in flight. Where it
 * stays an expression, the task waits for each call. Immutable. Runs on: driver.
 */
final class HttpCallExpression extends CalledExpression {

  private static final long serialVersionUID = 1;

  private final Expression request;
  private final ServiceCalls service;

  HttpCallExpression(Expression request, ServiceCalls service) {
    super("http_call", List.of(request), service);
    this.request = request;
    this.service = service;
  }

  Expression request() {
    return request;
  }

  ServiceCalls service() {
    return service;
  }

  @Override
  protected Expression call() {
    BlockingCall caller = new BlockingCall(service);
    return Invocations.always(caller, "call", HttpSchema.CALLED, List.of(request));
  }

  @Override
  protected HttpCallExpression with(List<Expression> others) {
    return new HttpCallExpression(others.get(0), service);
  }

  @Override
  public DataType dataType() {
    return HttpSchema.CALLED;
  }

  @Override
  public boolean nullable() {
    return false;
  }
}
