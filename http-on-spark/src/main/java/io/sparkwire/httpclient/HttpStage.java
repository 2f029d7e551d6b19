package io.sparkwire.httpclient;

import io.sparkwire.httpclient.calls.Batching;
import java.util.List;
import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;

/**
 * A stage that calls one service for each row, and adds a column of values and one of errors. Where
 * the value is null, there is an error.
 *
 * <p>Runs on: driver. Not thread-safe.
 */
public abstract class HttpStage<S extends HttpStage<S>> extends CallParams<S> {

  private static final long serialVersionUID = 1;

  private final Param<String> inputCol;
  private final Param<String> outputCol;
  private final Param<String> errorCol;
  private final BooleanParam ordered;

  HttpStage(String uid) {
    super(uid);
    inputCol = new Param<>(this, "inputCol", "the column that is sent");
    outputCol = new Param<>(this, "outputCol", "the column of values");
    errorCol = new Param<>(this, "errorCol", "the column of errors (default: <outputCol>_error)");
    ordered = new BooleanParam(this, "ordered", "whether rows keep their order");
    setDefault(ordered, false);
  }

  public final Param<String> inputCol() {
    return inputCol;
  }

  public final Param<String> outputCol() {
    return outputCol;
  }

  public final Param<String> errorCol() {
    return errorCol;
  }

  public final BooleanParam ordered() {
    return ordered;
  }

  public final S setInputCol(String value) {
    return with(inputCol, value);
  }

  public final S setOutputCol(String value) {
    return with(outputCol, value);
  }

  public final S setErrorCol(String value) {
    return with(errorCol, value);
  }

  /** Whether rows keep their order. If not, each continues as soon as its answer is there. */
  public final S setOrdered(boolean value) {
    return with(ordered, value);
  }

  /**
   * Checks the input's type.
   *
   * @throws IllegalArgumentException if it cannot be sent
   */
  abstract void check(String column, DataType type);

  /** The call for each row, of {@link HttpSchema#CALL}. */
  abstract Column call(Column input, DataType type);

  abstract Batching batching();

  /** The type of the values. */
  abstract DataType valueType();

  /** What becomes of an outcome, as in {@link ParsedStruct}. */
  abstract Column parse(Column outcome);

  final PlannedCall planned(StructType schema, String outcome) {
    Column call = call(Columns.named($(inputCol)), schema.apply($(inputCol)).dataType());
    return new PlannedCall(call, service(batching()), outcome);
  }

  /** The columns that this stage adds, in place of what it parsed. */
  final Dataset<Row> results(Dataset<Row> rows, String outcome, String parsed) {
    Column result = Columns.named(parsed);
    Column error = HttpErrors.of(Columns.named(outcome), result);
    return rows.withColumn($(outputCol), result.getField(ParsedStruct.VALUE))
        .withColumn(errorName(), error)
        .drop(outcome, parsed);
  }

  private String errorName() {
    return isDefined(errorCol) ? $(errorCol) : $(outputCol) + "_error";
  }

  @Override
  public final Dataset<Row> transform(Dataset<?> dataset) {
    transformSchema(dataset.schema());
    return StageCalls.transform(dataset.toDF(), List.of(this), (boolean) $(ordered));
  }

  @Override
  public final StructType transformSchema(StructType schema) {
    check($(inputCol), Columns.typeOf(schema, $(inputCol)));
    service(batching());
    StructType withValue = Columns.adding(schema, $(outputCol), valueType());
    return Columns.adding(withValue, errorName(), HttpSchema.ERROR);
  }

  @Override
  @SuppressWarnings("unchecked")
  public final S copy(ParamMap extra) {
    return withProvider((S) defaultCopy(extra));
  }
}
