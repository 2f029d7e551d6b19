package io.sparkwire.spark;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;

import io.sparkwire.message.ServiceReply;
import io.sparkwire.spark.source.ReplyColumns;
import java.util.Arrays;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The header field that names the version of the pipeline that made a reply. Stateless. */
final class VersionHeader {

  static final String NAME = ServiceReply.VERSION;

  private VersionHeader() {}

  /** The same replies with that field, beside those they have. */
  static Dataset<Row> on(Dataset<Row> replies, String version) {
    Column field = array(struct(lit(NAME).as("name"), lit(version).as("value")));
    boolean hasHeaders =
        Arrays.asList(replies.schema().fieldNames()).contains(ReplyColumns.HEADERS);
    Column others = col(ReplyColumns.HEADERS);
    return replies.withColumn(
        ReplyColumns.HEADERS, hasHeaders ? coalesce(concat(others, field), field) : field);
  }
}
