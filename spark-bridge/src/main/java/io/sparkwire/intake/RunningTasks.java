package io.sparkwire.intake;

import io.sparkwire.message.ServiceSpec;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the reader and the writer of one Spark task have to know of each other, by the number of the
 * task's attempt.
 *
 * <p>Spark makes both by deserialisation, and neither knows the other. Thread-safe.
 */
public final class RunningTasks {

  private final Map<Long, Writer> writers = new ConcurrentHashMap<>();

  private final Map<Long, RowsInOrder> readers = new ConcurrentHashMap<>();

  private record Writer(Passage passage, PassedRows passed) {}

  public RunningTasks() {}

  /** A task begins to reply, as it reads unless rows are collected. */
  public void writerOpened(long task, Passage passage) {
    writers.put(task, new Writer(passage, new PassedRows()));
    RowsInOrder rows = readers.get(task);
    if (rows != null && passage != Passage.COLLECTED) {
      rows.pass(passage == Passage.ONE_BY_ONE);
    }
  }

  public void writerClosed(long task) {
    writers.remove(task);
  }

  /** Whether replies leave in that very task, as it reads. */
  public boolean hasWriter(long task) {
    Writer writer = writers.get(task);
    return writer != null && writer.passage() != Passage.COLLECTED;
  }

  /** Whether replies leave in that very task, perhaps only once it has read all. */
  public boolean writes(long task) {
    return writers.containsKey(task);
  }

  /** Whether they do, and rows pass one by one. */
  public boolean passesOneByOne(long task) {
    Writer writer = writers.get(task);
    return writer != null && writer.passage() == Passage.ONE_BY_ONE;
  }

  /** The rows that pass through a task by steps; null if they pass otherwise. */
  public PassedRows passed(long task) {
    Writer writer = writers.get(task);
    return writer != null && writer.passage() == Passage.BY_STEPS ? writer.passed() : null;
  }

  /** A task begins to read ahead of what it computes for that service. */
  public RowsInOrder readerOpened(long task, ServiceSpec service) {
    RowsInOrder rows = new RowsInOrder(LeftOut.of(service));
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
