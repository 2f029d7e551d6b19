package io.sparkwire.work;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Results in the order in which they get ready. Thread-safe. */
final class ReadyResults<O> implements Results<O> {

  private final Queue<O> ready = new ConcurrentLinkedQueue<>();

  @Override
  public Place<O> enter() {
    return ready::add;
  }

  @Override
  public O poll() {
    return ready.poll();
  }
}
