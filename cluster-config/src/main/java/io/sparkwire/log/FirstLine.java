package io.sparkwire.log;

/** The first line of a message: without the plans and source texts that Spark adds. Stateless. */
public final class FirstLine {

  private FirstLine() {}

  /** The first line of a failure's message, or of its name if it has no message. */
  public static String of(Throwable failure) {
    return of(failure.getMessage() == null ? failure.toString() : failure.getMessage());
  }

  /** The first line that is not blank, without a semicolon at its end; empty if there is none. */
  public static String of(String message) {
    String first = message.strip().lines().findFirst().orElse("").stripTrailing();
    return first.endsWith(";") ? first.substring(0, first.length() - 1) : first;
  }
}
