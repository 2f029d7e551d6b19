package io.sparkwire.spark.python;

/** Functions gave something else than what they were asked for. */
final class WrongResultException extends Exception {

  private static final long serialVersionUID = 1;

  WrongResultException(String message) {
    super(message, null, false, false);
  }
}
