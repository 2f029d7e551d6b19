package io.sparkwire.spark.batch;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * The rows of a partition of a batch job, computed in full batches: there is no end to wait for, so
 * none goes earlier.
 *
 * <p>Runs on: task thread. Not thread-safe.
 */
final class BatchIterator implements Iterator<InternalRow> {

  private final Iterator<InternalRow> rows;
  private final BatchFunction function;
  private final RowLayout layout;
  private final RowSize size;
  private final int mostRows;
  private Iterator<InternalRow> results = Collections.emptyIterator();

  BatchIterator(
      Iterator<InternalRow> rows,
      BatchFunction function,
      RowLayout layout,
      RowSize size,
      int mostRows) {
    this.rows = rows;
    this.function = function;
    this.layout = layout;
    this.size = size;
    this.mostRows = mostRows;
  }

  @Override
  public boolean hasNext() {
    while (!results.hasNext() && rows.hasNext()) {
      results = computed(next(mostRows));
    }
    return results.hasNext();
  }

  @Override
  public InternalRow next() {
    return results.next();
  }

  private List<InternalRow> next(int most) {
    List<InternalRow> batch = new ArrayList<>(most);
    long bytes = 0;
    while (batch.size() < most && bytes < Batches.MOST_BYTES && rows.hasNext()) {
      InternalRow row = rows.next();
      batch.add(row);
      bytes += size.applyAsLong(row);
    }
    return batch;
  }

  private Iterator<InternalRow> computed(List<InternalRow> batch) {
    List<InternalRow> arguments = new ArrayList<>(batch.size());
    batch.forEach(row -> arguments.add(layout.arguments(row)));
    List<InternalRow> made = compute(arguments);
    for (int i = 0; i < batch.size(); i++) {
      batch.set(i, layout.joined(batch.get(i), made.get(i)));
    }
    return batch.iterator();
  }

  private List<InternalRow> compute(List<InternalRow> arguments) {
    try {
      return function.compute(arguments);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("the task was interrupted while it computed a batch", e);
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e.getMessage(), e);
    }
  }
}
