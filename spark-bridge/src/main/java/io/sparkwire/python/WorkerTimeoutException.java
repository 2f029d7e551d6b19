package io.sparkwire.python;

/** A worker has computed for too long. It still computes: discard it. */
public final class WorkerTimeoutException extends WorkerException {

  private static final long serialVersionUID = 1L;

  WorkerTimeoutException(String message) {
    super(message);
  }
}
