package io.sparkwire.requestlog;

import java.io.IOException;

/** Writes lines of the access log into memory. Not thread-safe. */
interface LineFormat {

  /** Writes a line with its end. */
  void write(AccessEntry entry) throws IOException;
}
