package io.sparkwire.log;

import java.util.stream.Stream;

/** What is behind an exception. Stateless. */
public final class Causes {

  private Causes() {}

  /** The exception, its cause, the cause of that, and so on. */
  public static Stream<Throwable> chain(Throwable exception) {
    return Stream.iterate(exception, e -> e != null, Throwable::getCause);
  }

  /** The last in the chain: the failure that caused all others. */
  public static Throwable root(Throwable exception) {
    return chain(exception).reduce((outer, inner) -> inner).orElseThrow();
  }

  /** The message of the last in the chain; its class if it has no message. */
  public static String message(Throwable exception) {
    Throwable root = root(exception);
    return root.getMessage() == null ? root.toString() : root.getMessage();
  }
}
