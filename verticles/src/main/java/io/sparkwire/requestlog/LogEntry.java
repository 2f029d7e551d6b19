package io.sparkwire.requestlog;

/** What a log has to write of one request, or of several. Does not change any more. */
interface LogEntry {

  /** About how much memory it holds while it waits. */
  int weight();

  /** Of how many requests it is. */
  default int entries() {
    return 1;
  }
}
