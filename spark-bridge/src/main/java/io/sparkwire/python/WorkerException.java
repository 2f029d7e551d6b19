package io.sparkwire.python;

/** A worker did not compute the batch that it was sent. Has no stack trace. */
public abstract sealed class WorkerException extends Exception
    permits PythonException, WorkerLostException, WorkerTimeoutException {

  private static final long serialVersionUID = 1L;

  WorkerException(String message) {
    super(message, null, false, false);
  }
}
