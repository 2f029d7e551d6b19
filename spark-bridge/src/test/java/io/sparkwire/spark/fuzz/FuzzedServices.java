package io.sparkwire.spark.fuzz;

import static org.apache.spark.ml.functions.vector_to_array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.when;

import io.sparkwire.cluster.NodeOptions;
import io.sparkwire.node.ServingNode;
import io.sparkwire.spark.ParseMode;
import io.sparkwire.spark.Serving;
import io.sparkwire.spark.ServingPipeline;
import io.sparkwire.spark.ServingQuery;
import io.sparkwire.spark.catalyst.Ddl;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * The services that get hostile inputs, with the real reader and pipeline, on a node whose clients
 * have two seconds for a head and for a body.
 */
final class FuzzedServices implements AutoCloseable {

  static final int MAX_BODY = 256_000;
  static final String ECHO_PATH = "/s";
  static final String ROWS = "rows";
  static final String ROWS_SCHEMA = "value BIGINT NOT NULL, name STRING, point VECTOR(2)";
  static final int MAX_ROWS = 50;

  private static final Map<String, String> LIMITS =
      Map.of("head-timeout", "2s", "body-timeout", "2s", "idle-timeout", "4s");

  private static final NodeOptions USUAL =
      NodeOptions.forCores(Runtime.getRuntime().availableProcessors());

  private final ServingQuery echo;
  private final ServingQuery typed;
  private final ServingQuery rows;

  FuzzedServices(SparkSession spark) {
    ServingNode.alone(USUAL.with(LIMITS));
    echo =
        start(
            "s", load(spark, "s", "json").parseRequest(Ddl.columns("reply BINARY"), ParseMode.RAW));
    typed =
        start(
            "typed",
            load(spark, "typed", "json")
                .parseRequest(TypedBody.SCHEMA)
                .transform(FuzzedServices::shown));
    rows =
        start(
            ROWS,
            load(spark, ROWS, "json,v2,mlflow")
                .parseRequest(ROWS_SCHEMA)
                .transform(made -> made.withColumn("reply", expr("struct(value, name, point)"))));
  }

  private static ServingPipeline load(SparkSession spark, String name, String protocols) {
    return Serving.on(spark)
        .server("127.0.0.1", 0, name)
        .option("partitions", 1)
        .option("protocols", protocols)
        .option("max-body", MAX_BODY)
        .option("max-rows", MAX_ROWS)
        .load();
  }

  private static ServingQuery start(String name, ServingPipeline pipeline) {
    return pipeline.makeReply("reply").replyTo(name).replicas(1).start();
  }

  /** All columns, with what {@link TypedBody#REPLY_SCHEMA} reads in place of times and vectors. */
  private static Dataset<Row> shown(Dataset<Row> rows) {
    Dataset<Row> columns =
        rows.withColumn("fc", expr("unix_micros(fc)"))
            .withColumn("fd", expr("unix_micros(CAST(fd AS TIMESTAMP))"))
            .withColumn("fe", array("fe"))
            .withColumn("ff", array("ff"));
    String names = String.join(", ", List.of(TypedBody.SCHEMA.fieldNames()));
    return columns.withColumn("reply", expr("struct(" + names + ")"));
  }

  private static Column array(String vector) {
    return when(col(vector).isNotNull(), vector_to_array(col(vector), "float64"));
  }

  ServingQuery echo() {
    return echo;
  }

  ServingQuery typed() {
    return typed;
  }

  ServingQuery rows() {
    return rows;
  }

  List<ServingQuery> all() {
    return List.of(echo, typed, rows);
  }

  @Override
  public void close() {
    all().forEach(ServingQuery::close);
    ServingNode.alone(USUAL);
  }
}
