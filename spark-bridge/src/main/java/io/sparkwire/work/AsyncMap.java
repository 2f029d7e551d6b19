package io.sparkwire.work;

import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * An iterator over the results of asynchronous work, several pieces of it at a time.
 *
 * <p>A {@link Feeder} reads the inputs on a thread of its own, because reading may block for any
 * time: a stream has no end. So a result can be taken as soon as its work is done, whether or not
 * there is more input. No more than {@code window} inputs are held at once, from being read until
 * their result is taken. Room goes back to the feeder a quarter of the window at a time, so that it
 * is not woken for each single input. If reading fails, the failure is thrown after the results of
 * all that was read before.
 *
 * <p>Runs on: the thread that takes results, always one at a time; it may be interrupted. {@link
 * #close} ends the feeder and returns when it has ended.
 */
public final class AsyncMap<I, O> implements Iterator<O>, AutoCloseable {

  /*
   * One thread takes, the feeder reads, and any thread finishes a piece of work.
   *
   * - The taker writes "waiting" and polls once more before it parks; a finisher adds its result
   *   and reads "waiting" afterwards. Either the poll finds the result, or the finisher finds the
   *   taker and unparks it; an unpark before the park makes the park return at once.
   * - The end is checked after "waiting" is written, too: the feeder marks its end first and wakes
   *   afterwards. Without that second check, an end between the first check and the write would
   *   wake no thread.
   * - "hasEnded" is read before "entered": the feeder counts its last input before it marks its
   *   end, so a taker that sees the end sees all inputs. In the other order it could miss the last
   *   result.
   * - A park may return without a reason; the loop in "hasNext" polls again.
   * - An interrupt is noticed after "waiting" is cleared, and leaves the interrupt flag set for
   *   Spark.
   */

  /** Begins the work on one input. */
  public interface Work<I, O> {

    /**
     * Begins.
     *
     * @param done takes the result, once, on any thread
     */
    void start(I input, Consumer<O> done);
  }

  private final Results<O> results;
  private final Feeder<I, O> feeder;
  private final int releaseAt;
  private volatile Thread waiting;
  private O next;
  private long taken;
  private int toRelease;

  /**
   * @param window how many inputs are held at most, from 1
   * @param ordered whether results come in the order of their inputs; if not, as they get ready
   * @param onFeeder wraps the feeder's work, on its thread
   */
  public AsyncMap(
      Iterator<I> inputs,
      Work<I, O> work,
      int window,
      boolean ordered,
      UnaryOperator<Runnable> onFeeder) {
    this.results = ordered ? new OrderedResults<>() : new ReadyResults<>();
    this.feeder =
        new Feeder<>(inputs, work, new Feeder.Sink<>(results, this::wake), window, onFeeder);
    this.releaseAt = Math.max(1, window / 4);
  }

  private void wake() {
    Thread thread = waiting;
    if (thread != null) {
      LockSupport.unpark(thread);
    }
  }

  @Override
  public boolean hasNext() {
    feeder.startOnce();
    while (next == null && !isDone()) {
      next = results.poll();
      if (next == null) {
        await();
      }
    }
    return next != null;
  }

  private boolean isDone() {
    if (!feeder.hasEnded() || taken < feeder.entered()) {
      return false;
    }
    feeder.throwIfFailed();
    return true;
  }

  private void await() {
    waiting = Thread.currentThread();
    // A finisher from here on finds this thread waiting; what was finished before, the poll finds.
    next = results.poll();
    if (next == null && !isDone()) {
      LockSupport.park(this);
    }
    waiting = null;
    if (Thread.interrupted()) {
      Thread.currentThread().interrupt();
      throw new UncheckedIOException(
          new InterruptedIOException("the task was interrupted while it waited for results"));
    }
  }

  @Override
  public O next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    O result = next;
    next = null;
    taken++;
    toRelease++;
    if (toRelease == releaseAt) {
      feeder.release(toRelease);
      toRelease = 0;
    }
    return result;
  }

  @Override
  public void close() {
    feeder.close();
  }
}
