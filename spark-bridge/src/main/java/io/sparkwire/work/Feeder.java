package io.sparkwire.work;

import io.sparkwire.thread.DaemonThreads;
import java.util.Iterator;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;

/**
 * The thread that reads inputs and begins the work on them.
 *
 * <p>It reads one only when it has room for it. {@link #close} interrupts it until it has ended.
 */
final class Feeder<I, O> {

  private final Iterator<I> inputs;
  private final AsyncMap.Work<I, O> work;
  private final Sink<O> sink;
  private final Semaphore room;
  private final Thread thread;
  private final AtomicLong entered = new AtomicLong();
  private volatile Throwable failure;
  private volatile boolean ended;
  private volatile boolean closed;
  private boolean started;

  /**
   * Where results go.
   *
   * @param changed is called after there is a result, and when the feeder has ended
   */
  record Sink<O>(Results<O> results, Runnable changed) {}

  Feeder(
      Iterator<I> inputs,
      AsyncMap.Work<I, O> work,
      Sink<O> sink,
      int window,
      UnaryOperator<Runnable> around) {
    this.inputs = inputs;
    this.work = work;
    this.sink = sink;
    this.room = new Semaphore(window);
    this.thread = new Thread(around.apply(this::run), Thread.currentThread().getName() + " feeder");
    this.thread.setDaemon(true);
  }

  void startOnce() {
    if (!started) {
      started = true;
      thread.start();
    }
  }

  private void run() {
    try {
      feed();
    } catch (InterruptedException e) {
      failure = closed ? null : e;
    } catch (Throwable e) { // also errors: the thread that takes results is to see them
      failure = e;
    } finally {
      ended = true;
      sink.changed().run();
    }
  }

  private void feed() throws InterruptedException {
    room.acquire();
    while (!closed && inputs.hasNext()) {
      I input = inputs.next();
      Results.Place<O> place = sink.results().enter();
      entered.incrementAndGet();
      work.start(
          input,
          result -> {
            place.fill(result);
            sink.changed().run();
          });
      room.acquire();
    }
  }

  /** Makes room for so many more inputs. */
  void release(int number) {
    if (number > 0) {
      room.release(number);
    }
  }

  /** How many inputs it has read; final once it has ended. */
  long entered() {
    return entered.get();
  }

  boolean hasEnded() {
    return ended;
  }

  /** Throws what ended it, unchanged, unless that was the end of the inputs. */
  void throwIfFailed() {
    if (failure != null) {
      Feeder.<RuntimeException>throwAsIs(failure);
    }
  }

  /** An iterator may declare nothing, but its caller has to get what the input threw. */
  @SuppressWarnings("unchecked")
  private static <E extends Throwable> void throwAsIs(Throwable failure) throws E {
    throw (E) failure;
  }

  /** Ends it. Returns when it has ended. */
  void close() {
    closed = true;
    DaemonThreads.end(thread);
  }
}
