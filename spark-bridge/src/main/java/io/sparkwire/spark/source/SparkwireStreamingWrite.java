package io.sparkwire.spark.source;

import io.sparkwire.intake.Passage;
import org.apache.spark.sql.connector.write.PhysicalWriteInfo;
import org.apache.spark.sql.connector.write.WriterCommitMessage;
import org.apache.spark.sql.connector.write.streaming.StreamingDataWriterFactory;
import org.apache.spark.sql.connector.write.streaming.StreamingWrite;

/**
 * The sink of one query.
 *
 * <p>A reply has left when its row was written, and the first one of a request wins: so committing
 * an epoch, once or again, has nothing to do, and neither has aborting it. Immutable. Runs on:
 * driver.
 */
record SparkwireStreamingWrite(ReplyColumns columns, String queryId, EpochStart start)
    implements StreamingWrite {

  @Override
  public StreamingDataWriterFactory createStreamingWriterFactory(PhysicalWriteInfo info) {
    ReplyColumns written = columns;
    Passage passage = RowPassage.query(queryId).map(start::begins).orElse(Passage.UNKNOWN);
    return (partition, task, epoch) -> new SparkwireDataWriter(written, passage);
  }

  @Override
  public boolean useCommitCoordinator() {
    return false;
  }

  @Override
  public void commit(long epoch, WriterCommitMessage[] messages) {}

  @Override
  public void abort(long epoch, WriterCommitMessage[] messages) {}
}
