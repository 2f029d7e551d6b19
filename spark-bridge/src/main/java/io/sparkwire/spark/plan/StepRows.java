package io.sparkwire.spark.plan;

import io.sparkwire.work.AsyncMap;
import java.util.Collections;
import java.util.Iterator;
import java.util.function.UnaryOperator;
import org.apache.spark.sql.catalyst.InternalRow;
import scala.collection.AbstractIterator;

/**
 * The rows that a {@link RowStep} makes of one partition's, each when its work is done.
 *
 * <p>It closes itself at its end. Runs on: task thread. Not thread-safe.
 */
final class StepRows<O> extends AbstractIterator<Object> implements AutoCloseable {

  private final RowWork<O> work;
  private final AsyncMap<InternalRow, O> results;
  private Iterator<InternalRow> rows = Collections.emptyIterator();
  private boolean closed;

  StepRows(Iterator<InternalRow> inputs, RowWork<O> work, UnaryOperator<Runnable> onFeeder) {
    this.work = work;
    this.results = new AsyncMap<>(inputs, work, work.window(), work.isOrdered(), onFeeder);
  }

  @Override
  public boolean hasNext() {
    while (!closed && !rows.hasNext()) {
      if (results.hasNext()) {
        rows = work.rows(results.next());
      } else {
        close();
      }
    }
    return !closed;
  }

  @Override
  public StepRow next() {
    return new StepRow(rows.next());
  }

  boolean isClosed() {
    return closed;
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      results.close();
      work.close();
    }
  }
}
