package io.sparkwire.spark;

import io.sparkwire.spark.catalyst.Ddl;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.spark.ml.Transformer;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/**
 * A service's pipeline, step by step: a dataset with the steps of serving as methods.
 *
 * <p>Immutable. Runs on: driver.
 */
public final class ServingPipeline {

  private final Dataset<Row> rows;

  ServingPipeline(Dataset<Row> rows) {
    this.rows = rows;
  }

  /** The dataset as it is here. */
  public Dataset<Row> dataset() {
    return rows;
  }

  /**
   * The name of the service whose requests these are.
   *
   * @throws IllegalArgumentException if they are of none, or of more than one
   */
  public String service() {
    return RequestSources.service(rows);
  }

  /** The names of the pipeline's own columns: all but the request and its id. */
  public List<String> columns() {
    return Envelope.ownColumns(rows);
  }

  /** Any step of your own. It must keep the column {@code id}. */
  public ServingPipeline transform(UnaryOperator<Dataset<Row>> step) {
    return new ServingPipeline(step.apply(rows));
  }

  /**
   * The same as {@link #parseRequest(StructType, ParseMode)}, strictly.
   *
   * @param ddl for example {@code value INT NOT NULL, text STRING}; see {@link Ddl}
   */
  public ServingPipeline parseRequest(String ddl) {
    return parseRequest(Ddl.columns(ddl));
  }

  public ServingPipeline parseRequest(StructType schema) {
    return parseRequest(schema, ParseMode.STRICT);
  }

  /** See {@link Serving#parseRequest}. */
  public ServingPipeline parseRequest(StructType schema, ParseMode mode) {
    return new ServingPipeline(Serving.parseRequest(rows, schema, mode));
  }

  /**
   * Applies a model, or any other transformer of SparkML. A column that it wants as a vector may be
   * an array of numbers, and is a vector from here on.
   *
   * @throws IllegalArgumentException if one of its stages cannot work on a stream; names it
   */
  public ServingPipeline mlTransform(Transformer model) {
    return new ServingPipeline(ModelOnStream.transform(model, ModelInput.fitted(model, rows)));
  }

  /** See {@link Serving#sql}. */
  public ServingPipeline sql(String query) {
    return new ServingPipeline(Serving.sql(rows, query));
  }

  /** See {@link Serving#replyWhen}. */
  public ServingPipeline replyWhen(String service, Column condition, Column reply) {
    return new ServingPipeline(Serving.replyWhen(rows, service, condition, reply));
  }

  /** See {@link Serving#makeReply(Dataset, String)}. */
  public ServingPipeline makeReply(String column) {
    return new ServingPipeline(Serving.makeReply(rows, column));
  }

  /** See {@link Serving#makeReply(Dataset, String, String, String)}. */
  public ServingPipeline makeReply(String column, String statusColumn, String headersColumn) {
    return new ServingPipeline(Serving.makeReply(rows, column, statusColumn, headersColumn));
  }

  /** See {@link Serving#replyTo}. */
  public ServingWriter replyTo(String service) {
    return Serving.replyTo(rows, service);
  }
}
