package io.sparkwire.dispatch;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.sparkwire.dispatch.Notice.Kind;
import io.sparkwire.dispatch.OutstandingExchange.State;
import io.sparkwire.exchange.Exchange;
import io.sparkwire.message.FailureCode;
import io.sparkwire.message.NodeId;
import io.sparkwire.message.ServiceFailure;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * All exchanges of this node that other nodes are asked to answer, and the care that one of them
 * does.
 *
 * <p>The event bus promises nothing, so every hand-off is accepted, refused, or given to another
 * worker after a second. A request whose worker leaves goes to another at once; one that no worker
 * is there for waits for one until its deadline. A worker that has had a request for long is
 * offered it again, which costs nothing if it still has it, and saves the request if the reply was
 * lost.
 *
 * <p>Runs on: any thread, with a short lock for each exchange that no task thread ever takes.
 */
final class OutstandingExchanges {

  /*
   * Notices of workers, the event loops that add exchanges, departures and the check every quarter
   * of a second run on different threads. The lock of an exchange orders them; its state decides:
   *
   * - The map is read without the lock, so an exchange may have ended since. Every method that
   *   sends checks the state under the lock: nothing leads out of ENDED.
   * - A notice counts only if it comes from the worker that has the exchange now. ACCEPTED or FULL
   *   of a worker that was given up after a second may arrive while another has it already.
   * - The reply goes to the exchange before the entry is removed here. A check in between finds the
   *   exchange closed and ends the entry; the later removal finds nothing.
   */

  /** How often {@link #check} should be called. */
  static final long CHECK_INTERVAL_MILLIS = 250;

  /** A request that was with so many workers when they were lost may be the reason. */
  static final int MOST_LOST = 3;

  private final WorkerAssignment assignment;
  private final Notifier notifier;
  private final LongSupplier nanoTime;
  private final ConcurrentHashMap<Long, OutstandingExchange> open = new ConcurrentHashMap<>();

  OutstandingExchanges(WorkerAssignment assignment, Notifier notifier, LongSupplier nanoTime) {
    this.assignment = assignment;
    this.notifier = notifier;
    this.nanoTime = nanoTime;
  }

  /** Has an exchange answered by another node. */
  void add(Exchange exchange) {
    if (assignment.fits(exchange)) {
      addFitting(exchange);
    } else {
      assignment.handleTooLarge(exchange);
    }
  }

  private void addFitting(Exchange exchange) {
    OutstandingExchange outstanding = new OutstandingExchange(exchange);
    open.put(exchange.sequence(), outstanding);
    synchronized (outstanding) {
      if (outstanding.state() == State.WAITING) { // a check may have ended it since the put
        assign(outstanding);
      }
    }
  }

  @GuardedBy("one")
  private void assign(OutstandingExchange one) {
    assignment.assign(one, true);
    removeIfEnded(one);
  }

  @GuardedBy("one")
  private void removeIfEnded(OutstandingExchange one) {
    if (one.state() == State.ENDED) {
      open.remove(one.exchange.sequence(), one);
    }
  }

  /** What was sent to a worker has not arrived there. */
  void unreached(NodeId node, long sequence) {
    OutstandingExchange one = open.get(sequence);
    if (one != null) {
      synchronized (one) {
        if (one.isWith(node)) {
          assignment.putOff(one);
          removeIfEnded(one);
        }
      }
    }
  }

  /** A worker's notice about a request that was handed to it. */
  void noticed(NodeId by, Kind kind, long sequence) {
    OutstandingExchange one = open.get(sequence);
    if (one != null) {
      synchronized (one) {
        if (one.isWith(by)) {
          assignment.noticed(one, kind);
          removeIfEnded(one);
        }
      }
    }
  }

  /** No: another worker has it, or no client waits for it. */
  static final long DENIED = -1;

  /**
   * A worker has found a request in the history, and asks whether it should compute it.
   *
   * @param own the exchange, if it is still at hand. This node may have computed it by itself, but
   *     the worker that asks has begun the share of an epoch that had it, so no other does any
   *     more.
   * @return how many milliseconds are left to do so, or {@link #DENIED}
   */
  long claim(NodeId by, long sequence, Exchange own) {
    OutstandingExchange one =
        own == null ? null : open.computeIfAbsent(sequence, s -> new OutstandingExchange(own));
    if (one == null) {
      return DENIED;
    }
    synchronized (one) {
      boolean free = one.worker() == null || one.isWith(by);
      if (one.state() == State.ENDED || !free || !one.exchange.isOpen()) {
        return DENIED;
      }
      return assignment.claimed(one, by);
    }
  }

  /** An exchange has its answer, from that node. */
  void replied(NodeId by, long sequence) {
    OutstandingExchange one = open.remove(sequence);
    if (one != null) {
      finish(one, by);
    }
  }

  /** An exchange has its answer, of which its worker does not know: it has only sent some rows. */
  void answeredByRows(long sequence) {
    replied(null, sequence);
  }

  /**
   * @param by null if no node knows of it
   */
  private void finish(OutstandingExchange one, NodeId by) {
    synchronized (one) {
      Set<Worker> holders = new LinkedHashSet<>(one.unheard());
      Worker worker = one.end();
      if (worker != null) {
        holders.add(worker);
      }
      for (Worker holder : holders) {
        if (!holder.node().equals(by)) {
          notifier.send(holder.node(), Notice.of(Kind.FINISHED, one.exchange.sequence()));
        } else if (holder == worker) {
          worker.trust();
        }
      }
    }
  }

  /** A worker has left: what it had is sent to others at once. */
  void left(NodeId node) {
    for (OutstandingExchange one : open.values()) {
      synchronized (one) {
        if (one.state() != State.ENDED) {
          left(one, node);
        }
      }
    }
  }

  @GuardedBy("one")
  private void left(OutstandingExchange one, NodeId node) {
    int lost = one.lostWith(node);
    if (lost >= MOST_LOST) {
      refuse(one, node, lost);
    } else if (one.isWith(node)) {
      one.release();
      assign(one);
    }
  }

  @GuardedBy("one")
  private void refuse(OutstandingExchange one, NodeId last, int lost) {
    open.remove(one.exchange.sequence());
    finish(one, last);
    one.exchange.answer(
        ServiceFailure.of(
                FailureCode.UNAVAILABLE,
                lost + " workers were lost while they had this request; try again later")
            .toReply());
  }

  /** Workers have joined: exchanges that wait for one may be sent. */
  void changed() {
    for (OutstandingExchange one : open.values()) {
      synchronized (one) {
        if (one.state() == State.WAITING) {
          assign(one);
        }
      }
    }
  }

  /** Checks all of them. */
  void check() {
    long now = nanoTime.getAsLong();
    for (OutstandingExchange one : open.values()) {
      if (one.exchange.isOpen()) {
        synchronized (one) {
          assignment.check(one, now);
          removeIfEnded(one);
        }
      } else {
        open.remove(one.exchange.sequence());
        finish(one, null);
      }
    }
  }

  int size() {
    return open.size();
  }
}
