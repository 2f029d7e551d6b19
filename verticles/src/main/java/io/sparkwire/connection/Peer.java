package io.sparkwire.connection;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** One client address, with its connections to one node. Thread-safe. */
public final class Peer {

  private final AtomicInteger connections = new AtomicInteger();
  private final AtomicBoolean full = new AtomicBoolean();

  int connections() {
    return connections.get();
  }

  void more() {
    connections.incrementAndGet();
  }

  /** Returns how many are left. */
  int less() {
    return connections.decrementAndGet();
  }

  /** Notes that it has as many as it may; returns whether that is news. */
  boolean fills() {
    return full.compareAndSet(false, true);
  }

  void empties() {
    full.set(false);
  }
}
