package io.sparkwire.httpclient.calls;

import io.sparkwire.tracing.CallTrace;
import io.vertx.core.Vertx;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Calls to one service that wait for their turn, and those in flight: never more than allowed.
 *
 * <p>With mini-batches, the bodies of several calls travel in one. A batch goes when it is full, or
 * when its first call has waited for long enough. Runs on: one event loop. Not thread-safe.
 */
public final class CallQueue {

  private final Vertx vertx;
  private final Caller caller;
  private final int concurrency;
  private final Batching batching;
  private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
  private int inFlight;
  private boolean timerIsSet;
  private boolean sending;
  private boolean closed;

  public CallQueue(Vertx vertx, Caller caller, int concurrency, Batching batching) {
    this.vertx = vertx;
    this.caller = caller;
    this.concurrency = concurrency;
    this.batching = batching;
  }

  private record Waiting(
      HttpCall call, CallTrace trace, Consumer<CallOutcome> then, long sinceNanos) {}

  /** Makes a call that belongs to no trace when it is its turn. */
  public void add(HttpCall call, Consumer<CallOutcome> then) {
    add(call, CallTrace.NONE, then);
  }

  /**
   * Makes a call when it is its turn.
   *
   * @param trace of the request for which it is made; a mini-batch belongs to that of its first
   *     call that has one
   */
  public void add(HttpCall call, CallTrace trace, Consumer<CallOutcome> then) {
    waiting.add(new Waiting(call, trace, then, batching.isOn() ? System.nanoTime() : 0));
    sendWhatMayGo();
  }

  /** A call that ends at once comes back here from within: the outer loop then sends the next. */
  private void sendWhatMayGo() {
    if (sending) {
      return;
    }
    sending = true;
    try {
      while (inFlight < concurrency && !waiting.isEmpty() && isDue()) {
        send(nextBatch());
      }
    } finally {
      sending = false;
    }
  }

  private boolean isDue() {
    if (closed || !batching.isOn() || waiting.size() >= batching.size()) {
      return true;
    }
    long waited = System.nanoTime() - waiting.getFirst().sinceNanos();
    long left = batching.waitMillis() - TimeUnit.NANOSECONDS.toMillis(waited);
    if (left > 0 && !timerIsSet) {
      timerIsSet = true;
      vertx.setTimer(left, id -> timeIsUp());
    }
    return left <= 0;
  }

  private void timeIsUp() {
    timerIsSet = false;
    sendWhatMayGo();
  }

  private List<Waiting> nextBatch() {
    List<Waiting> batch = new ArrayList<>(batching.size());
    HttpCall first = waiting.getFirst().call();
    while (batch.size() < batching.size()
        && !waiting.isEmpty()
        && waiting.getFirst().call().goesWith(first)) {
      batch.add(waiting.poll());
    }
    return batch;
  }

  private void send(List<Waiting> batch) {
    inFlight++;
    HttpCall call =
        batching.isOn()
            ? batching.join(batch.stream().map(Waiting::call).toList())
            : batch.get(0).call();
    caller.call(call, trace(batch)).onSuccess(outcome -> finish(batch, outcome));
  }

  private static CallTrace trace(List<Waiting> batch) {
    for (Waiting each : batch) {
      if (each.trace() != CallTrace.NONE) {
        return each.trace();
      }
    }
    return CallTrace.NONE;
  }

  private void finish(List<Waiting> batch, CallOutcome outcome) {
    inFlight--;
    if (batching.isOn()) {
      List<CallOutcome> parts = batching.split(outcome, batch.size());
      for (int i = 0; i < batch.size(); i++) {
        batch.get(i).then().accept(parts.get(i));
      }
    } else {
      batch.get(0).then().accept(outcome);
    }
    sendWhatMayGo();
  }

  /** Gives up what is in flight, and what waits. */
  public void close() {
    closed = true;
    caller.close();
    sendWhatMayGo();
  }
}
