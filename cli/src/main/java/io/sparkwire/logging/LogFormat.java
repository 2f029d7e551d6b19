package io.sparkwire.logging;

/** What a line of the program's log is like. */
public enum LogFormat {
  /** For people. */
  TEXT,
  /** A JSON object. */
  JSON
}
