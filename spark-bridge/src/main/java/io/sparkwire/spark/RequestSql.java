package io.sparkwire.spark;

import static org.apache.spark.sql.functions.col;

import io.sparkwire.log.FirstLine;
import io.sparkwire.spark.row.RowSchema;
import io.sparkwire.spark.version.Ctes;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.parser.ParseException;
import org.apache.spark.sql.catalyst.parser.ParserInterface;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.classic.Dataset;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.execution.SparkSqlParser;
import scala.jdk.javaapi.CollectionConverters;

/**
 * A SQL query over the columns of requests, which sees neither their id nor the request.
 *
 * <p>Spark analyses the query as written, over a view {@value #VIEW}; {@link IdCarrier} then puts
 * the id back into the analysed plan. The view belongs to a session of its own, so the caller's
 * views stay as they are and can be used in the query. Runs on: driver. Stateless.
 */
final class RequestSql {

  static final String VIEW = "requests";

  private RequestSql() {}

  /**
   * The query's columns, and then the request's id.
   *
   * @throws IllegalArgumentException if the query does not give one row per request
   */
  static Dataset<Row> apply(org.apache.spark.sql.Dataset<Row> rows, String query) {
    Dataset<Row> plain = (Dataset<Row>) vectorsToArrays(rows);
    Envelope.idOf(plain);
    LogicalPlan result = analysed(plain, query);
    return Dataset.ofRows(plain.sparkSession(), IdCarrier.carry(result, freeName(result)));
  }

  /** The same rows with every column of ML vectors as an array of doubles. */
  private static org.apache.spark.sql.Dataset<Row> vectorsToArrays(
      org.apache.spark.sql.Dataset<Row> rows) {
    Column[] columns =
        Arrays.stream(rows.schema().fields())
            .map(
                field -> {
                  Column column = rows.col("`" + field.name() + "`");
                  return field.dataType().equals(SQLDataTypes.VectorType())
                      ? ServingFunctions.vectorToArray(column).as(field.name())
                      : column;
                })
            .toArray(Column[]::new);
    return rows.select(columns);
  }

  private static LogicalPlan analysed(Dataset<Row> plain, String query) {
    SparkSession own = plain.sparkSession().cloneSession();
    LogicalPlan visible = plain.select(ownColumns(plain)).queryExecution().analyzed();
    Dataset.ofRows(own, visible).createOrReplaceTempView(VIEW);
    LogicalPlan plan =
        Dataset.ofRows(own, parsed(own.sessionState().sqlParser(), query))
            .queryExecution()
            .analyzed();
    return Ctes.inline(plan);
  }

  /**
   * Checks that a query can be parsed, as far as possible without a session.
   *
   * @throws IllegalArgumentException if not
   */
  static void check(String query) {
    parsed(new SparkSqlParser(), query);
  }

  private static LogicalPlan parsed(ParserInterface parser, String query) {
    try {
      return parser.parseQuery(query);
    } catch (ParseException e) {
      throw new IllegalArgumentException("the SQL cannot be read: " + FirstLine.of(e), e);
    }
  }

  private static Column[] ownColumns(Dataset<Row> plain) {
    return Envelope.ownColumns(plain).stream()
        .map(name -> col("`" + name + "`"))
        .toArray(Column[]::new);
  }

  private static String freeName(LogicalPlan result) {
    Set<String> taken = new HashSet<>();
    CollectionConverters.asJava(result.output())
        .forEach(attribute -> taken.add(attribute.name().toLowerCase(Locale.ROOT)));
    return Envelope.free(RowSchema.ID, taken);
  }
}
