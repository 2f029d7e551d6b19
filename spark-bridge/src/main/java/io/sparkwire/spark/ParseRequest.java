package io.sparkwire.spark;

import io.sparkwire.spark.catalyst.Ddl;
import io.sparkwire.spark.catalyst.Invocations;
import io.sparkwire.spark.catalyst.Refuses;
import io.sparkwire.spark.json.NonFinite;
import io.sparkwire.spark.source.RowSchema;
import java.io.Serializable;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.analysis.TypeCheckResult;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.GetStructField;
import org.apache.spark.sql.catalyst.expressions.codegen.CodegenContext;
import org.apache.spark.sql.catalyst.expressions.codegen.ExprCode;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;
import scala.Option;
import scala.collection.immutable.IndexedSeq;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * The expression that reads a request's body strictly: a struct of the schema's fields, or null if
 * the body was bad; then the request has got its 400, and its row is left out.
 *
 * <p>It counts as non-deterministic: Spark neither repeats nor moves it. Immutable. Runs on:
 * driver.
 */
final class ParseRequest extends Expression implements Refuses, Serializable {

  private static final long serialVersionUID = 1;

  private final Expression request;
  private final Expression id;
  private final StructType schema;
  private final ZoneId zone;
  private final boolean leftOut;

  /**
   * @param zone of times without one
   */
  ParseRequest(Expression request, Expression id, StructType schema, ZoneId zone) {
    this(request, id, schema, zone, false);
  }

  private ParseRequest(
      Expression request, Expression id, StructType schema, ZoneId zone, boolean leftOut) {
    this.request = request;
    this.id = id;
    this.schema = schema;
    this.zone = zone;
    this.leftOut = leftOut;
  }

  private Expression call() {
    Expression entity = field(request, "entity");
    return Invocations.invoke(
        new StrictJson(schema, zone, NonFinite.OPTION.defaultValue()),
        "parse",
        dataType(),
        false,
        List.of(
            field(id, "requestId"),
            field(entity, "contentType"),
            field(entity, "contentEncoding"),
            field(entity, "content")));
  }

  private static Expression field(Expression struct, String name) {
    int ordinal = ((StructType) struct.dataType()).fieldIndex(name);
    return new GetStructField(struct, ordinal, Option.apply(name));
  }

  @Override
  public boolean isLeftOut() {
    return leftOut;
  }

  @Override
  public Expression leftOut() {
    return new ParseRequest(request, id, schema, zone, true);
  }

  @Override
  public Seq<Expression> children() {
    return CollectionConverters.asScala(List.of(request, id)).toSeq();
  }

  @Override
  public Expression withNewChildrenInternal(IndexedSeq<Expression> children) {
    return new ParseRequest(children.apply(0), children.apply(1), schema, zone, leftOut);
  }

  @Override
  public DataType dataType() {
    return Ddl.inPlan(schema);
  }

  @Override
  public TypeCheckResult checkInputDataTypes() {
    return RowSchema.isRequest(request.dataType()) && RowSchema.isId(id.dataType())
        ? TypeCheckResult.TypeCheckSuccess$.MODULE$
        : new TypeCheckResult.TypeCheckFailure(
            "parse_request needs the column 'request' of the source and the column 'id' beside it");
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
    return "parse_request";
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
    return n == 0 ? request : id;
  }

  @Override
  public boolean canEqual(Object that) {
    return that instanceof ParseRequest;
  }

  @Override
  public boolean equals(Object that) {
    return that instanceof ParseRequest other
        && request.equals(other.request)
        && id.equals(other.id)
        && schema.equals(other.schema)
        && zone.equals(other.zone)
        && leftOut == other.leftOut;
  }

  @Override
  public int hashCode() {
    return Objects.hash(request, id, schema, zone, leftOut);
  }
}
