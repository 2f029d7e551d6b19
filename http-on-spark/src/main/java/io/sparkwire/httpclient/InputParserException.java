package io.sparkwire.httpclient;

/** An input parser failed, and what it failed with. */
final class InputParserException extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final String exception;

  /**
   * @param exception the class of what was thrown
   */
  InputParserException(String exception, String message) {
    super(message, null, false, false);
    this.exception = exception;
  }

  String exception() {
    return exception;
  }
}
