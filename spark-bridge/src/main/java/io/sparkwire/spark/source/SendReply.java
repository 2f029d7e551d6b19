package io.sparkwire.spark.source;

import io.sparkwire.spark.catalyst.CalledExpression;
import io.sparkwire.spark.catalyst.Invocations;
import io.sparkwire.spark.json.BodyEncoder;
import java.util.List;
import org.apache.spark.sql.catalyst.analysis.TypeCheckResult;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * The expression that replies to a request in the middle of a plan: true once the reply was given
 * away.
 *
 * <p>Its second argument is a struct of one field, the body, whose type decides what the reply
 * becomes, and is only known once Spark has resolved the plan. Immutable. Runs on: driver.
 */
public final class SendReply extends CalledExpression {

  private static final long serialVersionUID = 1;

  private final Expression id;
  private final Expression reply;

  public SendReply(Expression id, Expression reply) {
    super("send_reply", List.of(id, reply));
    this.id = id;
    this.reply = reply;
  }

  @Override
  protected Expression call() {
    ReplySender sender = new ReplySender(((StructType) reply.dataType()).fields()[0]);
    return Invocations.invoke(sender, "send", DataTypes.BooleanType, true, List.of(id, reply));
  }

  @Override
  protected SendReply with(List<Expression> others) {
    return new SendReply(others.get(0), others.get(1));
  }

  @Override
  public DataType dataType() {
    return DataTypes.BooleanType;
  }

  /** Has Spark refuse the plan if the body's type has no form in JSON. */
  @Override
  public TypeCheckResult checkInputDataTypes() {
    try {
      BodyEncoder.check(MadeReply.bodyOf(((StructType) reply.dataType()).fields()[0]));
      return TypeCheckResult.TypeCheckSuccess$.MODULE$;
    } catch (IllegalArgumentException e) {
      return new TypeCheckResult.TypeCheckFailure(e.getMessage());
    }
  }

  @Override
  public boolean nullable() {
    return true;
  }
}
