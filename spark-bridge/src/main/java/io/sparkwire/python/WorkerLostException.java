package io.sparkwire.python;

/** The process of a worker has ended. The worker is of no use any more: discard it. */
public final class WorkerLostException extends WorkerException {

  private static final long serialVersionUID = 1L;

  WorkerLostException(String message) {
    super(message);
  }
}
