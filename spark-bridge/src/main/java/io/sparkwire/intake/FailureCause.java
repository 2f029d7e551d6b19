package io.sparkwire.intake;

/**
 * The reason why a task failed, without a stack trace. Immutable.
 *
 * @param type the class of the exception that began it
 * @param condition the name that Spark gives to the error; null if it has none
 * @param message what that exception says, cut to {@value #MOST_CHARACTERS} characters; null if it
 *     says nothing
 */
public record FailureCause(String type, String condition, String message) {

  static final int MOST_CHARACTERS = 500;

  public FailureCause {
    if (message != null && message.length() > MOST_CHARACTERS) {
      message = message.substring(0, MOST_CHARACTERS) + "…";
    }
  }

  /** What failures have in common that are equal, whatever values they name. */
  String kind() {
    return condition == null ? type : type + " [" + condition + "]";
  }

  @Override
  public String toString() {
    boolean namesType = message != null && (message + ":").startsWith(type + ":");
    return message == null ? type : namesType ? message : type + ": " + message;
  }
}
