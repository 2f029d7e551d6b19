package io.sparkwire.spark.source;

import io.sparkwire.node.ServingNode;
import io.sparkwire.spark.node.SparkNode;
import java.io.Serializable;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.StructField;

/**
 * What generated code calls to reply from within a pipeline.
 *
 * <p>Public only because generated code lives in a package of Spark. Runs on: task thread. Every
 * task has its own copy; not thread-safe.
 */
public final class ReplySender implements Serializable {

  private static final long serialVersionUID = 1;

  private final StructField field;
  private final ReplyColumns columns;
  private transient ReplyEncoder encoder;
  private transient ServingNode node;

  ReplySender(StructField field) {
    this.field = field;
    this.columns =
        new ReplyColumns(ReplyColumns.NONE, 0, field, ReplyColumns.NONE, ReplyColumns.NONE);
  }

  /**
   * Replies to a request; the first reply wins.
   *
   * @param reply a row of one field
   * @return true, whether or not the client still waited
   */
  public boolean send(InternalRow id, InternalRow reply) {
    if (encoder == null) {
      node = SparkNode.ofTask();
      encoder = ReplyEncoder.of(field);
    }
    node.answer(ReplyEncoder.rowId(id), encoder.encode(reply, columns));
    return true;
  }
}
