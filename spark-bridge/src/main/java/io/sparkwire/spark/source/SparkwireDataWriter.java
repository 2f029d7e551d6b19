package io.sparkwire.spark.source;

import io.sparkwire.intake.Passage;
import io.sparkwire.intake.PassedRows;
import io.sparkwire.message.RowId;
import io.sparkwire.node.ServingNode;
import io.sparkwire.spark.metrics.RepliesInVain;
import io.sparkwire.spark.metrics.RepliesSent;
import io.sparkwire.spark.metrics.TaskCount;
import io.sparkwire.spark.node.SparkNode;
import io.sparkwire.spark.row.RowSchema;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.connector.metric.CustomTaskMetric;
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
  private final WrittenRequests written;
  private final PassedRows.Counter passed;
  private final TaskCount repliesSent = new TaskCount(new RepliesSent());
  private final TaskCount repliesInVain = new TaskCount(new RepliesInVain());

  /**
   * @param passage how the rows that it gets have passed through the pipeline
   */
  SparkwireDataWriter(ReplyColumns columns, Passage passage) {
    this.columns = columns;
    this.encoder = ReplyEncoder.of(columns.replyField());
    this.written = new WrittenRequests(passage == Passage.ONE_BY_ONE);
    node.tasks().writerOpened(taskAttempt, passage);
    PassedRows bySteps = node.tasks().passed(taskAttempt);
    this.passed = bySteps == null ? null : bySteps.ofThisThread();
  }

  @Override
  public void write(InternalRow row) {
    if (passed != null) {
      passed.passed();
    }
    InternalRow idColumn = row.getStruct(columns.id(), RowSchema.ID_TYPE.size());
    RowId id = ReplyEncoder.rowId(idColumn);
    if (!written.isFirst(id)) {
      node.services().epochs().secondRow(ReplyEncoder.service(idColumn), id);
      return;
    }
    boolean isInTime = node.answer(id, encoder.encode(row, columns));
    (isInTime ? repliesSent : repliesInVain).increment();
  }

  @Override
  public CustomTaskMetric[] currentMetricsValues() {
    return new CustomTaskMetric[] {repliesSent, repliesInVain};
  }

  @Override
  public WriterCommitMessage commit() {
    return Written.MESSAGE;
  }

  @Override
  public void abort() {}

  @Override
  public void close() {
    node.tasks().writerClosed(taskAttempt);
  }

  /** There is nothing to send to the driver: the replies have left. */
  private enum Written implements WriterCommitMessage {
    MESSAGE
  }
}
