package io.sparkwire.intake;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;

/** A timer whose time comes when a test says so. Thread-safe. */
final class HandTimer implements Consumer<Runnable> {

  private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();

  @Override
  public void accept(Runnable action) {
    waiting.add(action);
  }

  /** How many actions wait for their time. */
  int armed() {
    return waiting.size();
  }

  /** Runs the one action that waits: its time is over. */
  void ring() {
    waiting.remove().run();
  }
}
