package io.sparkwire.intake;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the reader and the writer of one Spark task have to know of each other, by the number of the
 * task's attempt.
 *
 * <p>Spark makes both by deserialisation, and neither knows the other. Thread-safe.
 */
public final class RunningTasks {

  /** Of tasks with a writer: whether the pipeline passes rows on one by one. */
  private final Map<Long, Boolean> writers = new ConcurrentHashMap<>();

  private final Map<Long, RowsInOrder> readers = new ConcurrentHashMap<>();

  public RunningTasks() {}

  /**
   * A task replies to what it reads itself.
   *
   * @param oneByOne whether a row has come out, or was left out, before the next one goes in
   */
  public void writerOpened(long task, boolean oneByOne) {
    writers.put(task, oneByOne);
    RowsInOrder rows = readers.get(task);
    if (rows != null) {
      rows.pass(oneByOne);
    }
  }

  public void writerClosed(long task) {
    writers.remove(task);
  }

  /** Whether replies leave in that very task. */
  public boolean hasWriter(long task) {
    return writers.containsKey(task);
  }

  /** Whether they do, and rows pass one by one. */
  public boolean passesOneByOne(long task) {
    return writers.getOrDefault(task, false);
  }

  /** A task begins to read ahead of what it computes. */
  public RowsInOrder readerOpened(long task) {
    RowsInOrder rows = new RowsInOrder();
    readers.put(task, rows);
    return rows;
  }

  public void readerClosed(long task) {
    readers.remove(task);
  }

  /** The rows of a task that reads ahead; null if it does not. */
  public RowsInOrder rows(long task) {
    return readers.get(task);
  }
}
