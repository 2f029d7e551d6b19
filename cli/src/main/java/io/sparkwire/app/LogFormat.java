package io.sparkwire.app;

/** What a line of the program's log is like. */
enum LogFormat {
  /** For people. */
  TEXT,
  /** A JSON object. */
  JSON
}
