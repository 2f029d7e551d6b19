package io.sparkwire.exchange;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jctools.queues.MpscUnboundedArrayQueue;

/**
 * The mailbox through which answers get back to the event loop of their connections.
 *
 * <p>However many answers arrive at once, the event loop is woken once. Thread-safe.
 */
public final class ExchangeLoop {

  /*
   * Many threads put answers in, one event loop takes them out; "awake" is true while a run of the
   * loop is due.
   *
   * - A producer puts its exchange first and reads "awake" afterwards; the loop clears "awake"
   *   first and polls afterwards. If the producer finds it set, the run that will clear it is still to
   *   come and polls after the put. If it finds it clear, it asks for a run itself. In the other order
   *   an exchange could be put after the last poll and before the clearing, and stay there.
   * - The plain read before the compare-and-set keeps a burst of producers from contending for one
   *   cache line: all but the first find it set.
   * - A run may find the queue empty, if an earlier run took what the producer had put. That costs one
   *   task of the loop and loses nothing.
   * - A failure of one exchange ends the run. What is left is given a new run, since its producers
   *   found "awake" set and ask for none.
   */

  private static final int CHUNK = 256;

  private final Context context;
  private final MpscUnboundedArrayQueue<Exchange> answered = new MpscUnboundedArrayQueue<>(CHUNK);
  private final AtomicBoolean awake = new AtomicBoolean();

  /** A mailbox for the event loop of {@code context}. */
  public ExchangeLoop(Context context) {
    this.context = context;
  }

  /** The context on whose event loop exchanges are finished. */
  public Context context() {
    return context;
  }

  Vertx vertx() {
    return context.owner();
  }

  void answered(Exchange exchange) {
    answered.offer(exchange);
    wake();
  }

  private void wake() {
    if (!awake.get() && awake.compareAndSet(false, true)) {
      context.runOnContext(v -> finishAnswered());
    }
  }

  private void finishAnswered() {
    awake.set(false);
    try {
      for (Exchange e = answered.poll(); e != null; e = answered.poll()) {
        e.finish();
      }
    } finally { // if one could not be sent, which Vert.x reports, the others still are
      if (!answered.isEmpty()) {
        wake();
      }
    }
  }
}
