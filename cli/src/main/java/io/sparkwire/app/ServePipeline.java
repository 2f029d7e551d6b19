package io.sparkwire.app;

import io.sparkwire.spark.Serving;
import io.sparkwire.spark.ServingPipeline;
import java.util.List;
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
    if (model != null) {
      fitted.checkFits(model);
    }
    ServingPipeline predicted = model == null ? parsed : parsed.mlTransform(model);
    ServingPipeline result = sql == null ? predicted : predicted.sql(sql);
    List<String> columns = replyColumns(result.columns());
    return result.transform(rows -> replies(rows, columns));
  }

  private List<String> replyColumns(List<String> available) {
    if (!reply.isEmpty()) {
      return ReplyChoice.named(reply, available);
    }
    return sql == null ? ReplyChoice.predicted(available) : available;
  }

  /** One column is the reply itself; several make a JSON object. */
  private static Dataset<Row> replies(Dataset<Row> rows, List<String> columns) {
    List<String> quoted =
        columns.stream().map(name -> "`" + name.replace("`", "``") + "`").toList();
    return quoted.size() == 1
        ? Serving.makeReply(rows, quoted.get(0))
        : Serving.makeReplyOf(rows, quoted);
  }
}
