package io.sparkwire.dispatch;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.sparkwire.exchange.Exchange;
import io.sparkwire.message.NodeId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * One exchange of this node that other nodes are asked to answer.
 *
 * <p>Guarded by itself: {@link OutstandingExchanges} holds its lock, also while {@link
 * WorkerAssignment} uses it.
 */
final class OutstandingExchange {

  /** Where it is on its way to an answer. */
  enum State {
    /** No worker has been asked, or the last one did not take it. */
    WAITING,
    /** A worker was asked and has not said that it has the request. */
    OFFERED,
    /** A worker has said that it has the request. */
    ACCEPTED,
    /** The worker that accepted it was asked again, and has not said that it still has it. */
    OFFERED_AGAIN,
    /** No worker needs to answer it any more; nothing follows. */
    ENDED
  }

  final Exchange exchange;

  @GuardedBy("this")
  private State state = State.WAITING;

  /** The worker that was asked; null if {@link State#WAITING} or {@link State#ENDED}. */
  @GuardedBy("this")
  private Worker worker;

  @GuardedBy("this")
  private long sentAt;

  /** Whether that worker was not in doubt when it was asked. */
  @GuardedBy("this")
  private boolean trusted;

  @GuardedBy("this")
  private int lost;

  /** Workers that were not in doubt when asked, and did not accept in time. */
  @GuardedBy("this")
  private final List<Worker> silent = new ArrayList<>(0);

  /** Workers that did not accept in time, and may have it all the same. */
  @GuardedBy("this")
  private final Set<Worker> unheard = new LinkedHashSet<>(0);

  /** Workers that had no room since it was last put off. */
  @GuardedBy("this")
  final List<Worker> full = new ArrayList<>(0);

  OutstandingExchange(Exchange exchange) {
    this.exchange = exchange;
  }

  @GuardedBy("this")
  State state() {
    return state;
  }

  @GuardedBy("this")
  Worker worker() {
    return worker;
  }

  /** The time since it was last sent. */
  @GuardedBy("this")
  long age(long now) {
    return now - sentAt;
  }

  @GuardedBy("this")
  void sentTo(Worker next, long now) {
    worker = next;
    sentAt = now;
    trusted = next.isTrusted();
    state = State.OFFERED;
    next.given();
  }

  /** The same worker is asked again. */
  @GuardedBy("this")
  void sentAgain(long now) {
    sentAt = now;
    state = State.OFFERED_AGAIN;
  }

  /** Its worker has it; says whether that is news. */
  @GuardedBy("this")
  boolean accepted() {
    boolean news = state == State.OFFERED;
    state = State.ACCEPTED;
    return news;
  }

  /** Takes it from its worker, if it has one. */
  @GuardedBy("this")
  Worker release() {
    Worker before = worker;
    if (before != null) {
      before.done();
      worker = null;
      state = State.WAITING;
    }
    return before;
  }

  /** Ends it; returns the worker that had it, or null. */
  @GuardedBy("this")
  Worker end() {
    Worker before = release();
    state = State.ENDED;
    return before;
  }

  @GuardedBy("this")
  boolean isWith(NodeId node) {
    return worker != null && worker.node().equals(node);
  }

  /** Its worker has not said in time that it has it. */
  @GuardedBy("this")
  void isNotAccepted() {
    unheard.add(worker);
    if (trusted) {
      silent.add(worker);
    }
  }

  /** Workers that did not accept in time, and may have it all the same. */
  @GuardedBy("this")
  Set<Worker> unheard() {
    return unheard;
  }

  /**
   * A node has left. It counts as lost if it had this exchange, or may have had it and died before
   * it could say so.
   *
   * @return how many lost nodes count
   */
  @GuardedBy("this")
  int lostWith(NodeId node) {
    boolean had = isWith(node) && (state == State.ACCEPTED || trusted);
    boolean mayHaveHad = silent.removeIf(each -> each.node().equals(node));
    unheard.removeIf(each -> each.node().equals(node));
    lost += had || mayHaveHad ? 1 : 0;
    return lost;
  }
}
