package io.sparkwire.python;

/** The Python workers of a node: one {@link PythonPool} for all that run the same functions. */
public final class PythonPools implements AutoCloseable {

  /**
   * The workers of these functions. Starts them at the first call and waits until all are ready;
   * later calls, of any owner, return the same pool.
   *
   * @param owner whose they are, like a version of a service: an object with {@code equals}. It may
   *     call this several times, also for other functions
   * @param workers how many; a later call with a larger number adds to them
   * @throws PythonStartException if they cannot start. Then the owner has not acquired anything
   */
  public PythonPool acquire(PythonFunctions functions, Object owner, int workers) {
    throw new UnsupportedOperationException();
  }

  /** Gives up all pools of an owner. Those that have no other owner end with their processes. */
  public void release(Object owner) {
    throw new UnsupportedOperationException();
  }

  /** Ends all processes. */
  @Override
  public void close() {
    throw new UnsupportedOperationException();
  }
}
