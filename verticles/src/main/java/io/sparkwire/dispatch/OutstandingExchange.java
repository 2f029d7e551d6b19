package io.sparkwire.dispatch;

import io.sparkwire.exchange.Exchange;
import io.sparkwire.message.NodeId;
import java.util.ArrayList;
import java.util.List;

/**
 * One exchange of this node that other nodes are asked to answer. Guarded by itself; {@link
 * HandOffs} alone uses it.
 */
final class OutstandingExchange {

  final Exchange exchange;

  /** Who has it; null while it waits for a worker. */
  Worker worker;

  long sentAt;

  /** Whether that worker was not in doubt when it was asked. */
  private boolean trusted;

  /** Whether that worker has said that it has it. */
  boolean accepted;

  /** Nobody needs to answer it any more. */
  boolean ended;

  private int lost;

  /** Who was not in doubt when asked, and did not accept in time. */
  private final List<Worker> silent = new ArrayList<>(0);

  /** Who had no room since it was last put off. */
  final List<Worker> full = new ArrayList<>(0);

  OutstandingExchange(Exchange exchange) {
    this.exchange = exchange;
  }

  void sentTo(Worker next, long now) {
    worker = next;
    sentAt = now;
    trusted = next.isTrusted();
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

  boolean isWith(NodeId node) {
    return !ended && worker != null && worker.node().equals(node);
  }

  /** Its worker has not said in time that it has it. */
  void isNotAccepted() {
    if (trusted) {
      silent.add(worker);
    }
  }

  /**
   * A node is gone. If it had this, or may have had it and died before it could say so, it counts.
   *
   * @return how many are gone that count
   */
  int lostWith(NodeId node) {
    boolean had = isWith(node) && (accepted || trusted);
    boolean mayHaveHad = silent.removeIf(each -> each.node().equals(node));
    lost += had || mayHaveHad ? 1 : 0;
    return lost;
  }
}
