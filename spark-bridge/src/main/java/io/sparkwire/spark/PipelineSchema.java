package io.sparkwire.spark;

import io.sparkwire.message.ServiceSchema;
import io.sparkwire.spark.catalyst.Ddl;
import io.sparkwire.spark.json.BodyEncoder;
import io.sparkwire.spark.source.MadeReply;
import io.sparkwire.spark.source.ReplyColumns;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * The schema of a service's bodies, as its pipeline shows it before the query starts.
 *
 * <p>Stateless. Runs on: driver.
 */
final class PipelineSchema {

  private PipelineSchema() {}

  /**
   * @param replies the result of the whole pipeline
   */
  static ServiceSchema of(Dataset<Row> replies) {
    LogicalPlan plan = replies.queryExecution().analyzed();
    ServiceSchema schema = new ServiceSchema(ParsedBody.noteIn(plan), reply(replies.schema()));
    boolean lenient = !schema.body().isEmpty() && ParsedBody.schemaIn(plan).isEmpty();
    return lenient ? schema.lenient() : schema;
  }

  private static String reply(StructType columns) {
    StructField reply = MadeReply.bodyOf(ReplyColumns.of(columns).replyField());
    return BodyEncoder.isPlain(
            reply.dataType()) // which is described as an object of that one field
        ? Ddl.text(new StructType(new StructField[] {reply}))
        : Ddl.text(reply);
  }
}
