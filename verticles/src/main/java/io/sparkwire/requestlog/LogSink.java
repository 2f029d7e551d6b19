package io.sparkwire.requestlog;

/**
 * Where entries are written. It handles its own failures: what cannot be written is dropped and
 * counted. Runs on: the thread of its {@link LogWriter}.
 */
interface LogSink<E> {

  /** Writes an entry, or keeps it until {@link #flush}. */
  void write(E entry);

  /** Writes all that it has kept. */
  void flush();

  /** Whether it has failed just now, so that entries should wait. */
  boolean isBlocked();

  /** Called about once a second, and after each batch. */
  void check();

  /** Flushes, and ends. */
  void close();
}
