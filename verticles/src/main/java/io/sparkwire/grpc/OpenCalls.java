package io.sparkwire.grpc;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Calls on one event loop that wait for their clients and have no exchange, the oldest first.
 *
 * <p>Each of them has a time limit, and one too many ends the oldest. Runs on: event loop. Not
 * thread-safe.
 */
final class OpenCalls {

  /** How many there may be. */
  static final int MOST = 1_000;

  private final long limitNanos;
  private final Map<Open, Long> since = new LinkedHashMap<>();
  private boolean sweeping;

  /** One of them. */
  @FunctionalInterface
  interface Open {

    /** Ends it before its time; it is not among the others any more. */
    void giveUp(String why);
  }

  OpenCalls(Duration limit) {
    this.limitNanos = limit.toNanos();
  }

  void add(Open call) {
    since.put(call, System.nanoTime());
    if (since.size() > MOST) {
      giveUpOldest("too many calls are open; try again later");
    }
    sweepLater();
  }

  void remove(Open call) {
    since.remove(call);
  }

  private void giveUpOldest(String why) {
    Iterator<Open> calls = since.keySet().iterator();
    Open oldest = calls.next();
    calls.remove();
    oldest.giveUp(why);
  }

  private void sweepLater() {
    if (!sweeping) {
      sweeping = true;
      long millis = Math.max(1, TimeUnit.NANOSECONDS.toMillis(limitNanos) / 2);
      Vertx.currentContext().owner().setTimer(millis, timer -> sweep());
    }
  }

  private void sweep() {
    sweeping = false;
    long before = System.nanoTime() - limitNanos;
    while (!since.isEmpty() && since.values().iterator().next() - before <= 0) {
      giveUpOldest("the client did not send its request in time");
    }
    if (!since.isEmpty()) {
      sweepLater();
    }
  }
}
