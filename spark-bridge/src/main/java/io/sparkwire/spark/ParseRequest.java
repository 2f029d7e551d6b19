package io.sparkwire.spark;

import io.sparkwire.spark.catalyst.CalledExpression;
import io.sparkwire.spark.catalyst.Ddl;
import io.sparkwire.spark.catalyst.Invocations;
import io.sparkwire.spark.catalyst.Refuses;
import io.sparkwire.spark.json.NonFinite;
import io.sparkwire.spark.row.RowSchema;
import java.time.ZoneId;
import java.util.List;
import org.apache.spark.sql.catalyst.analysis.TypeCheckResult;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.GetStructField;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;
import scala.Option;

/**
 * The expression that reads a request's body strictly: a struct of the schema's fields, or null if
 * the body was bad; then the request has got its 400, and its row is left out.
 *
 * <p>Immutable. Runs on: driver.
 */
final class ParseRequest extends CalledExpression implements Refuses {

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
    super("parse_request", List.of(request, id), schema, zone, leftOut);
    this.request = request;
    this.id = id;
    this.schema = schema;
    this.zone = zone;
    this.leftOut = leftOut;
  }

  @Override
  protected Expression call() {
    Expression entity = field(request, "entity");
    return Invocations.invoke(
        new StrictJson(schema, zone, NonFinite.OPTION.defaultValue()),
        "parse",
        dataType(),
        false,
        List.of(field(id, "requestId"), field(entity, "contentType"), field(entity, "content")));
  }

  private static Expression field(Expression struct, String name) {
    int ordinal = ((StructType) struct.dataType()).fieldIndex(name);
    return new GetStructField(struct, ordinal, Option.apply(name));
  }

  @Override
  protected ParseRequest with(List<Expression> others) {
    return new ParseRequest(others.get(0), others.get(1), schema, zone, leftOut);
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
}
