package io.sparkwire.app;

import io.sparkwire.model.ModelReply;
import io.sparkwire.spark.Serving;
import io.sparkwire.spark.ServingPipeline;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.spark.ml.Transformer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The way from a request's columns to its reply: model, SQL, or both.
 *
 * <p>Immutable. Runs on: driver.
 *
 * @param model null if there is none
 * @param sql null if there is none
 * @param reply the columns of the reply; empty for the default
 */
record ServePipeline(RequestSchema schema, Transformer model, String sql, List<String> reply) {

  /**
   * The replies to these requests.
   *
   * @throws IllegalArgumentException if a column is missing on the way; names it
   */
  ServingPipeline over(ServingPipeline requests) {
    RequestSchema fitted = model == null ? schema : schema.fittedTo(model);
    ServingPipeline parsed = requests.parseRequest(fitted.columns(), fitted.mode());
    if (model == null) {
      return named(parsed.sql(sql));
    }
    List<String> modelled = List.of(fitted.after(model).fieldNames());
    if (sql != null || !reply.isEmpty()) {
      ServingPipeline predicted = parsed.mlTransform(model);
      return named(sql == null ? predicted : predicted.sql(sql));
    }
    ModelReply usual = ModelReply.of(model, modelled); // before the model has got any rows
    return parsed
        .mlTransform(model)
        .transform(rows -> replies(usual.in(rows), usual.columns(), usual.isObject()));
  }

  /** The columns that were asked for, or all. */
  private ServingPipeline named(ServingPipeline result) {
    List<String> columns = reply.isEmpty() ? result.columns() : named(reply, result.columns());
    return result.transform(rows -> replies(rows, columns, columns.size() > 1));
  }

  /**
   * The columns that were asked for, as the result has them; Spark compares names without case.
   *
   * @throws IllegalArgumentException if the result lacks one
   */
  static List<String> named(List<String> wanted, List<String> available) {
    return wanted.stream().map(name -> find(name, available)).toList();
  }

  private static String find(String name, List<String> available) {
    return available.stream()
        .filter(column -> column.equalsIgnoreCase(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "--reply asks for a column '"
                        + name
                        + "', but the result has only "
                        + String.join(", ", available)));
  }

  /** Whether a query or the columns of a reply name a column. */
  static boolean names(String sql, List<String> reply, String column) {
    Pattern word =
        Pattern.compile("(?<!\\w)" + Pattern.quote(column) + "(?!\\w)", Pattern.CASE_INSENSITIVE);
    return reply.stream().anyMatch(column::equalsIgnoreCase)
        || (sql != null && word.matcher(sql).find());
  }

  private static Dataset<Row> replies(Dataset<Row> rows, List<String> columns, boolean isObject) {
    List<String> quoted =
        columns.stream().map(name -> "`" + name.replace("`", "``") + "`").toList();
    return !isObject ? Serving.makeReply(rows, quoted.get(0)) : Serving.makeReplyOf(rows, quoted);
  }
}
