package io.sparkwire.spark.source;

import io.sparkwire.spark.catalyst.Invocations;
import io.sparkwire.spark.json.BodyEncoder;
import java.io.Serializable;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.analysis.TypeCheckResult;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.codegen.CodegenContext;
import org.apache.spark.sql.catalyst.expressions.codegen.ExprCode;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import scala.collection.immutable.IndexedSeq;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * The expression that replies to a request in the middle of a plan: true once the reply was given
 * away.
 *
 * <p>Its second argument is a struct of one field, the body, whose type decides what the reply
 * becomes. That type is only known once Spark has resolved the plan, so the call of {@link
 * ReplySender} is made as late as its code. It counts as non-deterministic: Spark neither repeats
 * nor moves it. Runs on: driver.
 */
public final class SendReply extends Expression implements Serializable {

  private static final long serialVersionUID = 1;

  private final Expression id;
  private final Expression reply;

  public SendReply(Expression id, Expression reply) {
    this.id = id;
    this.reply = reply;
  }

  private Expression call() {
    ReplySender sender = new ReplySender(((StructType) reply.dataType()).fields()[0]);
    return Invocations.invoke(sender, "send", DataTypes.BooleanType, true, List.of(id, reply));
  }

  @Override
  public Seq<Expression> children() {
    return CollectionConverters.asScala(List.of(id, reply)).toSeq();
  }

  @Override
  public Expression withNewChildrenInternal(IndexedSeq<Expression> children) {
    return new SendReply(children.apply(0), children.apply(1));
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

  @Override
  public boolean deterministic() {
    return false;
  }

  @Override
  public String prettyName() {
    return "send_reply";
  }

  @Override
  public Object eval(InternalRow input) {
    return call().eval(input);
  }

  @Override
  public ExprCode doGenCode(CodegenContext context, ExprCode code) {
    return call().doGenCode(context, code);
  }

  @Override
  public int productArity() {
    return 2;
  }

  @Override
  public Object productElement(int n) {
    return n == 0 ? id : reply;
  }

  @Override
  public boolean canEqual(Object that) {
    return that instanceof SendReply;
  }

  @Override
  public boolean equals(Object that) {
    return that instanceof SendReply other && id.equals(other.id) && reply.equals(other.reply);
  }

  @Override
  public int hashCode() {
    return 31 * id.hashCode() + reply.hashCode();
  }
}
