package io.sparkwire.spark;

import io.sparkwire.intake.ServingNode;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.connector.write.DataWriter;
import org.apache.spark.sql.connector.write.WriterCommitMessage;

/**
 * Sends each row as a reply, at once. Runs on: task thread. Not thread-safe.
 *
 * <p>While it is open, the readers of its task know that they may keep their epoch open.
 */
final class SparkwireDataWriter implements DataWriter<InternalRow> {

  private final ServingNode node = SparkNode.ofTask();
  private final long taskAttempt = TaskContext.get().taskAttemptId();
  private final ReplyColumns columns;
  private final ReplyEncoder encoder;

  SparkwireDataWriter(ReplyColumns columns) {
    this.columns = columns;
    this.encoder = new ReplyEncoder(columns.replyField());
    node.writerOpened(taskAttempt);
  }

  @Override
  public void write(InternalRow row) {
    InternalRow id = row.getStruct(columns.id(), RowSchema.ID_TYPE.size());
    node.answer(ReplyEncoder.requestId(id), encoder.encode(row, columns));
  }

  @Override
  public WriterCommitMessage commit() {
    return Written.MESSAGE;
  }

  @Override
  public void abort() {}

  @Override
  public void close() {
    node.writerClosed(taskAttempt);
  }

  /** There is nothing to tell the driver: the replies have left. */
  private enum Written implements WriterCommitMessage {
    MESSAGE
  }
}
