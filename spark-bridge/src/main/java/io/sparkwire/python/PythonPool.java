package io.sparkwire.python;

/**
 * The workers of one {@link PythonFunctions} on this node.
 *
 * <p>It keeps as many as it was asked for: one that dies, or is discarded, is replaced by another
 * in the background. Thread-safe.
 */
public final class PythonPool {

  /**
   * A worker that nobody else uses, preferably the one given back last. Blocks until there is one.
   *
   * @throws IllegalStateException if the pool has been closed, because no owner is left
   */
  public PythonWorker take() throws InterruptedException {
    throw new UnsupportedOperationException();
  }

  /** Returns a worker: all that was sent to it must have been received, or its run have ended. */
  public void giveBack(PythonWorker worker) {
    throw new UnsupportedOperationException();
  }

  /** Kills a worker that was taken, and has another one started. Does not block. */
  public void discard(PythonWorker worker) {
    throw new UnsupportedOperationException();
  }

  /** How many workers it keeps. */
  public int size() {
    throw new UnsupportedOperationException();
  }
}
