package io.sparkwire.model;

/** The first line of a failure's message. Stateless. */
public final class FirstLine {

  private FirstLine() {}

  /** The reason without the plans and source texts that Spark adds below it. */
  public static String of(Throwable failure) {
    String message = failure.getMessage() == null ? failure.toString() : failure.getMessage();
    String first = message.strip().lines().findFirst().orElse("");
    return first.endsWith(";") ? first.substring(0, first.length() - 1) : first;
  }
}
