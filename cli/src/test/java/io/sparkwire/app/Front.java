package io.sparkwire.app;

import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicInteger;

/** A gateway as a load balancer in front of it sees it. Thread-safe. */
final class Front {

  /** What its clients may expect of it. */
  enum State {
    /** It takes requests. */
    OPEN,
    /** It takes no new clients, and those it has finish with it. */
    LEAVING,
    /** It is about to be killed, with all of its connections. */
    DOOMED
  }

  private final InetSocketAddress address;
  private final AtomicInteger clients = new AtomicInteger();
  private volatile State state = State.OPEN;

  Front(InetSocketAddress address) {
    this.address = address;
  }

  InetSocketAddress address() {
    return address;
  }

  State state() {
    return state;
  }

  void become(State next) {
    state = next;
  }

  /** A client enters, and must leave again. */
  void enter() {
    clients.incrementAndGet();
  }

  void leave() {
    clients.decrementAndGet();
  }

  boolean isUnused() {
    return clients.get() == 0;
  }
}
