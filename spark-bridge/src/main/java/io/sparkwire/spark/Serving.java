package io.sparkwire.spark;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import io.sparkwire.spark.json.BodyEncoder;
import io.sparkwire.spark.row.RowSchema;
import io.sparkwire.spark.source.QueryWatch;
import io.sparkwire.spark.source.ReplyColumns;
import io.sparkwire.spark.version.SparkRelease;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * The entry to serving: a streaming query as a web service.
 *
 * <pre>{@code
 * ServingQuery query = Serving.on(spark)
 *     .server("127.0.0.1", 8888, "my_api")
 *     .load()
 *     .parseRequest("value INT, text STRING")
 *     .mlTransform(model)
 *     .makeReply("prediction")
 *     .replyTo("my_api")
 *     .start();
 * }</pre>
 *
 * <p>Each step is also a plain function over a {@code Dataset<Row>}, here and in {@link
 * ServingFunctions}. Stateless. Runs on: driver.
 */
public final class Serving {

  private Serving() {}

  /**
   * Begins the description of a service.
   *
   * @throws IllegalStateException if Sparkwire does not run on this release of Spark
   */
  public static ServingSource on(SparkSession spark) {
    SparkRelease.current().check();
    return new ServingSource(spark);
  }

  /**
   * Continues the description of a service with rows that other steps have made.
   *
   * @param rows of the source, after any steps that keep the request's id
   */
  public static ServingPipeline pipeline(Dataset<Row> rows) {
    return new ServingPipeline(rows);
  }

  /**
   * Adds the fields of a JSON body as columns, after the id and the request.
   *
   * <p>Fields win over the source's own columns: where one has the name of such a column, that
   * column gets an underscore in front.
   *
   * @param requests rows of the source
   */
  public static Dataset<Row> parseRequest(
      Dataset<Row> requests, StructType schema, ParseMode mode) {
    return RequestColumns.parse(requests, schema, mode);
  }

  /**
   * Replies at once to the rows that meet a condition, and continues with the others.
   *
   * @param service the service's name
   */
  public static Dataset<Row> replyWhen(
      Dataset<Row> rows, String service, Column condition, Column reply) {
    Column sent = ServingFunctions.sendReply(service, reply, col(Envelope.idOf(rows)));
    return rows.filter(not(coalesce(when(condition, sent), lit(false))));
  }

  /**
   * Computes the columns of a SQL query over the view {@code requests}: the rows' own columns,
   * without the request and its id, and with ML vectors as arrays.
   *
   * <p>The id is carried along hidden, after the query's columns. So every row of the result has to
   * come from one request: SELECT, WHERE, JOIN with static tables, LATERAL VIEW, subqueries over
   * other tables and WITH are possible. A request for which WHERE or a join leaves no row gets the
   * status of the option {@code no-row}, 204 by default; if a join gives several rows, the first
   * one's reply is sent.
   *
   * @throws IllegalArgumentException if the query cannot be read, or does not give one row per
   *     request
   */
  public static Dataset<Row> sql(Dataset<Row> rows, String query) {
    return RequestSql.apply(rows, query);
  }

  /**
   * Checks that a query for {@link #sql} can be read, without a session.
   *
   * @throws IllegalArgumentException if not
   */
  public static void checkSql(String query) {
    RequestSql.check(query);
  }

  /**
   * Makes a column the body of the reply.
   *
   * <p>A struct, map or array becomes JSON with {@code application/json}; a string {@code
   * text/plain}; binary {@code application/octet-stream}; an ML vector a JSON array; any other
   * value {@code {"<column>": value}}. Null becomes an empty 204. Spark's {@code AnalysisException}
   * says so if there is no such column.
   */
  public static Dataset<Row> makeReply(Dataset<Row> rows, String column) {
    return makeReply(rows, column, null, null);
  }

  /**
   * Makes a column the body of the reply, and two others its status and headers.
   *
   * @param statusColumn an INT of 200 to 599, null for 200; null if there is no such column
   * @param headersColumn an array of struct(name, value); null if there is no such column
   */
  public static Dataset<Row> makeReply(
      Dataset<Row> rows, String column, String statusColumn, String headersColumn) {
    List<Column> reply = new ArrayList<>();
    reply.add(col(Envelope.idOf(rows)).as(RowSchema.ID));
    reply.add(body(rows, column).as(ReplyColumns.REPLY));
    if (statusColumn != null) {
      reply.add(rows.col(statusColumn).as(ReplyColumns.STATUS));
    }
    if (headersColumn != null) {
      reply.add(rows.col(headersColumn).as(ReplyColumns.HEADERS));
    }
    return rows.select(reply.toArray(Column[]::new));
  }

  private static Column body(Dataset<Row> rows, String column) {
    Column value = rows.col(column);
    StructField field = rows.select(value).schema().fields()[0];
    return BodyEncoder.isPlain(field.dataType())
        ? when(value.isNotNull(), struct(value.as(field.name())))
        : value;
  }

  /** Makes a JSON object of several columns the body of the reply. */
  public static Dataset<Row> makeReplyOf(Dataset<Row> rows, List<String> columns) {
    Column[] fields = columns.stream().map(rows::col).toArray(Column[]::new);
    return rows.select(
        col(Envelope.idOf(rows)).as(RowSchema.ID), struct(fields).as(ReplyColumns.REPLY));
  }

  /**
   * The service behind a running query that was started by format name: its URL and its counts.
   *
   * @throws IllegalArgumentException if the query has ended, or reads no requests
   */
  public static ServiceView service(StreamingQuery query) {
    return QueryWatch.served(query)
        .map(source -> new ServiceView(SparkContext.getOrCreate(), source.service()))
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "query "
                        + query.id()
                        + " does not run, or does not read a service's requests"));
  }

  /**
   * Sends replies to their requests.
   *
   * @param replies rows with an id and a column {@code reply}, as {@link #makeReply} makes them
   * @param service the name of the service that got the requests
   */
  public static ServingWriter replyTo(Dataset<Row> replies, String service) {
    return new ServingWriter(replies, service);
  }
}
