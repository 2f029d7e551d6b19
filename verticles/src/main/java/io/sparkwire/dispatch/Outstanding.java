package io.sparkwire.dispatch;

import java.util.ArrayList;
import java.util.List;

/**
 * One exchange of this node that other nodes are asked to answer. Guarded by itself; {@link
 * HandOffs} alone uses it.
 */
final class Outstanding {

  final Exchange exchange;

  /** Who has it; null while it waits for a worker. */
  Worker worker;

  long sentAt;

  /** Whether that worker has said that it has it. */
  boolean accepted;

  /** How many workers were lost that had it. */
  int lost;

  /** Nobody needs to answer it any more. */
  boolean ended;

  /** Who had no room since it was last put off. */
  final List<Worker> full = new ArrayList<>(0);

  Outstanding(Exchange exchange) {
    this.exchange = exchange;
  }

  void sentTo(Worker next, long now) {
    worker = next;
    sentAt = now;
    accepted = false;
    next.given();
  }

  /** Takes it from its worker, if it has one. */
  Worker release() {
    Worker before = worker;
    if (before != null) {
      before.done();
      worker = null;
    }
    return before;
  }

  boolean isWith(Worker other) {
    return !ended && worker == other;
  }
}
