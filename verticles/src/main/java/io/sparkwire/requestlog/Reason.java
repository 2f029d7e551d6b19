package io.sparkwire.requestlog;

import java.io.IOException;
import java.nio.file.FileSystemException;

/** Why a file could not be written, in words for an operator. Stateless. */
final class Reason {

  private Reason() {}

  /** The message; with the kind of failure where that is the name of a file alone. */
  static String of(IOException failure) {
    boolean isName = failure instanceof FileSystemException file && file.getReason() == null;
    return isName || failure.getMessage() == null ? failure.toString() : failure.getMessage();
  }
}
