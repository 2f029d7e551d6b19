package io.sparkwire.httpclient;

import io.sparkwire.httpclient.calls.AsyncMap;
import io.sparkwire.spark.source.SparkNode;
import java.util.Iterator;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.spark.sql.catalyst.InternalRow;
import scala.collection.AbstractIterator;

/**
 * The rows of one partition, each when its calls have ended.
 *
 * <p>It closes itself at its end. Runs on: task thread. Not thread-safe.
 */
final class CalledRows extends AbstractIterator<Object> implements AutoCloseable {

  private final PartitionCalls calls;
  private final AsyncMap<InternalRow, PartitionCalls.Ended> ended;
  private boolean closed;

  CalledRows(
      Iterator<InternalRow> rows,
      List<ServiceCalls> services,
      int firstCall,
      boolean ordered,
      UnaryOperator<Runnable> onFeeder) {
    this.calls = new PartitionCalls(SparkNode.ofTask(), services, firstCall);
    int window = services.stream().mapToInt(ServiceCalls::window).max().orElseThrow();
    this.ended = new AsyncMap<>(rows, calls, window, ordered, onFeeder);
  }

  @Override
  public boolean hasNext() {
    if (!closed && !ended.hasNext()) {
      close();
    }
    return !closed;
  }

  @Override
  public CalledRow next() {
    return calls.answered(ended.next());
  }

  boolean isClosed() {
    return closed;
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      ended.close();
      calls.close();
    }
  }
}
