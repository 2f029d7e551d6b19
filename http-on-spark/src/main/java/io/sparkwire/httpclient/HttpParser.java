package io.sparkwire.httpclient;

import static org.apache.spark.sql.functions.col;

import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;

/**
 * A stage that turns a value into a request, or a response into a value.
 *
 * <p>It can be a stage of a pipeline, or be given to a {@link SimpleHttpTransformer}. What it
 * cannot parse becomes null. Runs on: driver. Not thread-safe.
 */
public abstract class HttpParser<S extends HttpParser<S>> extends Transformer
    implements DefaultParamsWritable {

  private static final long serialVersionUID = 1;

  private final String uid;
  private final Param<String> inputCol;
  private final Param<String> outputCol;

  HttpParser(String uid) {
    this.uid = uid;
    this.inputCol = new Param<>(this, "inputCol", "the column that is read");
    this.outputCol = new Param<>(this, "outputCol", "the column that is added");
  }

  static String randomUid(String prefix) {
    return Identifiable$.MODULE$.randomUID(prefix);
  }

  /** A struct as in {@link ParsedStruct}. */
  abstract Column parse(Column input, DataType type);

  /** The type of the values. */
  abstract DataType valueType();

  /**
   * Checks the type of the input.
   *
   * @throws IllegalArgumentException if it cannot be parsed
   */
  abstract void check(String column, DataType type);

  @Override
  public final String uid() {
    return uid;
  }

  public final Param<String> inputCol() {
    return inputCol;
  }

  public final Param<String> outputCol() {
    return outputCol;
  }

  public final S setInputCol(String value) {
    return with(inputCol, value);
  }

  public final S setOutputCol(String value) {
    return with(outputCol, value);
  }

  @SuppressWarnings("unchecked")
  final <T> S with(Param<T> param, T value) {
    set(param, value);
    return (S) this;
  }

  @Override
  public final Dataset<Row> transform(Dataset<?> dataset) {
    transformSchema(dataset.schema());
    String input = $(inputCol);
    Column parsed = parse(Columns.named(input), dataset.schema().apply(input).dataType());
    return dataset.toDF().select(col("*"), parsed.getField(ParsedStruct.VALUE).as($(outputCol)));
  }

  @Override
  public final StructType transformSchema(StructType schema) {
    check($(inputCol), Columns.typeOf(schema, $(inputCol)));
    return Columns.adding(schema, $(outputCol), valueType());
  }

  @Override
  @SuppressWarnings("unchecked")
  public final S copy(ParamMap extra) {
    return (S) defaultCopy(extra);
  }
}
