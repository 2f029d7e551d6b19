package io.sparkwire.spark.plan;

import io.sparkwire.spark.source.ServedQuery;
import io.sparkwire.work.AsyncMap;
import java.io.Serializable;
import java.util.Iterator;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * What a {@link RowStep} does with the rows of one partition.
 *
 * <p>{@link #start} runs on the feeder thread, all other methods on the task thread.
 */
public interface RowWork<O> extends AsyncMap.Work<InternalRow, O>, AutoCloseable {

  /** How many rows are held at most, from being read until their result is taken. */
  int window();

  /** Whether results come in the order of their rows; if not, as they get ready. */
  boolean isOrdered();

  /**
   * The rows that a result stands for, with the columns that the step gives. Each is asked for when
   * the steps above are through with the one before, or have taken it into work of their own.
   */
  Iterator<InternalRow> rows(O result);

  /** No more results are taken: gives up what has been started. */
  @Override
  void close();

  /** What makes it in a task, and goes there with the plan. */
  @FunctionalInterface
  interface Maker<O> extends Serializable {

    /** Runs on: task thread, before a row is read. */
    RowWork<O> open();

    /**
     * Makes ready what tasks will need, as far as it is not ready yet. Blocks.
     *
     * <p>Runs on: driver, before the tasks of each epoch of a served query start.
     */
    default void prepare() {}

    /** The maker of the same work within a query that serves requests. */
    default Maker<O> servedBy(ServedQuery query) {
      return this;
    }
  }
}
