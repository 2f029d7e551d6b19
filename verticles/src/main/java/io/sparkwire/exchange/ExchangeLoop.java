package io.sparkwire.exchange;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jctools.queues.MpscUnboundedArrayQueue;

/**
 * The mailbox through which answers come back to the event loop of their connections.
 *
 * <p>However many answers arrive at once, the event loop is woken once. Thread-safe.
 */
public final class ExchangeLoop {

  private static final int CHUNK = 256;

  private final Context context;
  private final MpscUnboundedArrayQueue<Exchange> answered = new MpscUnboundedArrayQueue<>(CHUNK);
  private final AtomicBoolean awake = new AtomicBoolean();

  /** A mailbox for the event loop of {@code context}. */
  public ExchangeLoop(Context context) {
    this.context = context;
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
