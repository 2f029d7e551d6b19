package io.sparkwire.intake;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How many rows have passed through a task, counted by each thread that hands them on.
 *
 * <p>A step of a pipeline that does its work elsewhere gives rows to the steps above it, and these
 * run on the thread that asks for them: up to the writer, or up to the next such step. If neither
 * has counted a row by the time the thread asks for another one, the row was left out between them.
 * Thread-safe.
 */
public final class PassedRows {

  private final Map<Thread, Counter> counters = new ConcurrentHashMap<>();

  PassedRows() {}

  /** The rows that the calling thread hands on. */
  public Counter ofThisThread() {
    return counters.computeIfAbsent(Thread.currentThread(), thread -> new Counter());
  }

  /** The rows that one thread hands on. Not thread-safe. */
  public static final class Counter {

    private long rows;

    private Counter() {}

    /** A row has reached the writer, or a step that does its work elsewhere. */
    public void passed() {
      rows++;
    }

    public long rows() {
      return rows;
    }
  }
}
