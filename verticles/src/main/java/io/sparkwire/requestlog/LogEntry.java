package io.sparkwire.requestlog;

/** What a log has to write of one request. Does not change any more. */
interface LogEntry {

  /** About how much memory it holds while it waits. */
  int weight();
}
