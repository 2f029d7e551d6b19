package io.sparkwire.spark;

import java.util.stream.Stream;

/** What stands behind an exception. Stateless. */
final class Causes {

  private Causes() {}

  /** The exception, its cause, the cause of that, and so on. */
  static Stream<Throwable> chain(Throwable exception) {
    return Stream.iterate(exception, e -> e != null, Throwable::getCause);
  }

  /** What the last in the chain says; empty for null. */
  static String message(Throwable exception) {
    return chain(exception)
        .reduce((outer, inner) -> inner)
        .map(root -> root.getMessage() == null ? root.toString() : root.getMessage())
        .orElse("it was stopped");
  }
}
