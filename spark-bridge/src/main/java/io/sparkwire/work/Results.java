package io.sparkwire.work;

/**
 * The way of results to the thread that takes them.
 *
 * <p>One thread enters places, any thread fills them, one thread polls.
 */
interface Results<O> {

  /** Where one result will be. */
  Place<O> enter();

  /** The next result that may be taken now, or null. */
  O poll();

  /** One result to be. */
  interface Place<O> {

    /** The result is ready. Once, on any thread. */
    void fill(O result);
  }
}
