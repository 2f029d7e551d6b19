package io.sparkwire.python;

import java.nio.ByteBuffer;

/**
 * A Python process that runs functions, seen from the JVM.
 *
 * <p>One thread at a time uses a worker: the one that has taken it from its {@link PythonPool}. A
 * <i>run</i> is one pass of the functions over a stream of batches: an Arrow stream has its schema
 * once per run, at the beginning of both directions. A run goes on after the worker has been given
 * back, and with the thread that takes it next.
 *
 * <p>Runs on: the thread that has taken it. Not thread-safe.
 */
public final class PythonWorker {

  /**
   * The number of the current run: 1 at first. It grows with {@link #restart}, also when the pool
   * calls it.
   */
  public long run() {
    throw new UnsupportedOperationException();
  }

  /** The id of its process. */
  public long pid() {
    throw new UnsupportedOperationException();
  }

  /** What {@link #attach} was last called with; null at first. */
  public Object attachment() {
    throw new UnsupportedOperationException();
  }

  /** Keeps what belongs to the worker's current run, like an encoder, for the next that takes it. */
  public void attach(Object state) {
    throw new UnsupportedOperationException();
  }

  /**
   * Sends what the functions read next. Never blocks: what the socket does not take is sent by
   * {@link #receive}. The buffer belongs to the worker until its output has been received.
   *
   * @throws WorkerLostException if its process has ended
   */
  public void send(ByteBuffer batch) throws WorkerLostException {
    throw new UnsupportedOperationException();
  }

  /**
   * All output of the oldest batch that was sent and has not been received: what functions write
   * until they ask for the next batch.
   *
   * @param timeoutNanos how long to wait for it
   * @throws WorkerLostException if its process has ended
   * @throws PythonException if the functions have raised an exception: the run has ended, and this
   *     batch and those sent after it are lost
   * @throws WorkerTimeoutException if it takes longer
   */
  public byte[] receive(long timeoutNanos)
      throws WorkerLostException, PythonException, WorkerTimeoutException {
    throw new UnsupportedOperationException();
  }

  /**
   * Whether the functions have returned, as an iterator may at any time, or raised an exception.
   * Then batches sent after the last one received are lost, and the worker must be restarted before
   * it gets the next.
   */
  public boolean ended() {
    throw new UnsupportedOperationException();
  }

  /**
   * Begins a new run of the same functions, which stay imported.
   *
   * @throws WorkerLostException if its process has ended
   */
  public void restart() throws WorkerLostException {
    throw new UnsupportedOperationException();
  }
}
