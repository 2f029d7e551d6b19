package io.sparkwire.requestlog;

/** Writes lines of the access log into memory. Not thread-safe. */
interface LineFormat {

  /** Writes a line with its end. */
  void write(AccessEntry entry);
}
