package io.sparkwire.python;

/** Python workers cannot start. Its message is one sentence that says why. */
public final class PythonStartException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  PythonStartException(String sentence) {
    super(sentence);
  }

  PythonStartException(String sentence, Throwable cause) {
    super(sentence, cause);
  }
}
