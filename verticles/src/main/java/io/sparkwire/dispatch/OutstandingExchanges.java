package io.sparkwire.dispatch;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.sparkwire.dispatch.Notice.Kind;
import io.sparkwire.dispatch.OutstandingExchange.State;
import io.sparkwire.exchange.Exchange;
import io.sparkwire.message.FailureCode;
import io.sparkwire.message.NodeId;
import io.sparkwire.message.Protocol;
import io.sparkwire.message.ServiceFailure;
import io.sparkwire.message.ServiceRequest;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
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
   * - A send that fails at once may call "unreached" from within "send", on the same thread and
   *   with the lock held, which is reentrant. The worker is in doubt by then, and send(one, false)
   *   asks no worker in doubt, so the recursion ends; the exchange waits for the next check.
   * - A worker that did not accept in time may have taken the request and died. It stays in
   *   "silent" and counts as lost when it leaves, otherwise a fatal request could pass through all
   *   workers.
   * - An accepted exchange is offered again after five seconds: its reply may have been lost, which
   *   no notice reports. A worker that still has it ignores the offer, since it knows the id.
   * - The reply goes to the exchange before the entry is removed here. A check in between finds the
   *   exchange closed and ends the entry; the later removal finds nothing.
   */

  /** How often {@link #check} should be called. */
  static final long CHECK_INTERVAL_MILLIS = 250;

  static final long ACCEPT_NANOS = TimeUnit.SECONDS.toNanos(1);
  static final long OFFER_AGAIN_NANOS = TimeUnit.SECONDS.toNanos(5);

  /** A request that was with so many workers when they were lost may be the reason. */
  static final int MOST_LOST = 3;

  /** The way to a worker. Says so to {@link #unreached} if it is known not to have been reached. */
  @FunctionalInterface
  interface Sender {
    void send(NodeId worker, HandOffMessage handOff);
  }

  private final WorkerDirectory workers;
  private final Sender sender;
  private final Notifier notifier;
  private final NoWorkerPolicy noWorkerPolicy;
  private final LongSupplier nanoTime;
  private final ConcurrentHashMap<Long, OutstandingExchange> open = new ConcurrentHashMap<>();

  /**
   * @param noWorkerPolicy is asked for requests that no other worker can take now
   */
  OutstandingExchanges(
      WorkerDirectory workers,
      Sender sender,
      Notifier notifier,
      NoWorkerPolicy noWorkerPolicy,
      LongSupplier nanoTime) {
    this.workers = workers;
    this.sender = sender;
    this.notifier = notifier;
    this.noWorkerPolicy = noWorkerPolicy;
    this.nanoTime = nanoTime;
  }

  /** Has an exchange answered by another node. */
  void add(Exchange exchange) {
    int size = exchange.request().body().length;
    if (size > Protocol.MOST_BODY_BYTES && !noWorkerPolicy.handle(exchange, false)) {
      exchange.answer(tooLarge(size).toReply());
    } else if (size <= Protocol.MOST_BODY_BYTES) {
      addFitting(exchange);
    }
  }

  private static ServiceFailure tooLarge(int size) {
    return ServiceFailure.of(
        FailureCode.BODY_TOO_LARGE,
        "the body has %d bytes, but nodes of a cluster pass on %d at most"
            .formatted(size, Protocol.MOST_BODY_BYTES));
  }

  private void addFitting(Exchange exchange) {
    OutstandingExchange outstanding = new OutstandingExchange(exchange);
    open.put(exchange.sequence(), outstanding);
    synchronized (outstanding) {
      if (outstanding.state() == State.WAITING) { // a check may have ended it since the put
        send(outstanding, true);
      }
    }
  }

  @GuardedBy("one")
  private void send(OutstandingExchange one, boolean evenToDoubted) {
    long now = nanoTime.getAsLong();
    Worker next = workers.least(one.exchange.request().service(), one.full, now);
    if (next == null && noWorkerPolicy.handle(one.exchange, !one.full.isEmpty())) {
      one.end();
      open.remove(one.exchange.sequence());
    } else if (next != null && (evenToDoubted || !next.isDoubted(now))) {
      one.sentTo(next, now);
      deliver(one, next, now);
    } // otherwise it waits: check() and changed() try again
  }

  private void deliver(OutstandingExchange one, Worker worker, long now) {
    long millis = TimeUnit.NANOSECONDS.toMillis(one.exchange.deadlineNanos() - now);
    ServiceRequest request = one.exchange.request();
    if (request.isWhole()) { // otherwise it has just ended
      sender.send(worker.node(), new HandOffMessage(request, Math.max(1, millis)));
    }
  }

  /** What was sent to a worker has not arrived there. */
  void unreached(NodeId node, long sequence) {
    OutstandingExchange one = open.get(sequence);
    if (one != null) {
      synchronized (one) {
        if (one.isWith(node)) {
          putOff(one);
        }
      }
    }
  }

  /** That worker will not do it now: another shall, or the same one a little later. */
  @GuardedBy("one")
  private void putOff(OutstandingExchange one) {
    one.worker().doubt(nanoTime.getAsLong());
    one.release();
    send(one, false);
  }

  /** A worker's notice about a request that was handed to it. */
  void noticed(NodeId by, Kind kind, long sequence) {
    OutstandingExchange one = open.get(sequence);
    if (one == null) {
      return;
    }
    synchronized (one) {
      if (!one.isWith(by)) {
        return;
      }
      one.worker().trust();
      switch (kind) {
        case ACCEPTED -> accepted(one);
        case FULL -> {
          one.full.add(one.release());
          send(one, true);
        }
        default -> putOff(one);
      }
    }
  }

  @GuardedBy("one")
  private static void accepted(OutstandingExchange one) {
    if (one.accepted()) {
      one.exchange.taken();
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
      long now = nanoTime.getAsLong();
      boolean free = one.worker() == null || one.isWith(by);
      if (one.state() == State.ENDED || !free || !one.exchange.isOpen()) {
        return DENIED;
      }
      one.release();
      one.sentTo(workers.of(by), now);
      accepted(one);
      return Math.max(1, TimeUnit.NANOSECONDS.toMillis(one.exchange.deadlineNanos() - now));
    }
  }

  /** An exchange has its answer, from that node. */
  void replied(NodeId by, long sequence) {
    OutstandingExchange one = open.remove(sequence);
    if (one != null) {
      finish(one, by);
    }
  }

  private void finish(OutstandingExchange one, NodeId by) {
    synchronized (one) {
      Worker worker = one.end();
      if (worker == null) {
        return;
      }
      if (worker.node().equals(by)) {
        worker.trust();
      } else {
        notifier.send(worker.node(), Notice.of(Kind.FINISHED, one.exchange.sequence()));
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
      send(one, true);
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
          send(one, true);
        }
      }
    }
  }

  /** Checks all of them. */
  void check() {
    long now = nanoTime.getAsLong();
    for (OutstandingExchange one : open.values()) {
      if (one.exchange.isOpen()) {
        reconsider(one, now);
      } else {
        open.remove(one.exchange.sequence());
        finish(one, null);
      }
    }
  }

  private void reconsider(OutstandingExchange one, long now) {
    synchronized (one) {
      switch (one.state()) {
        case WAITING -> send(one, true);
        case OFFERED, OFFERED_AGAIN -> offerToAnother(one, now);
        case ACCEPTED -> offerAgain(one, now);
        case ENDED -> {} // since the loop saw it
      }
    }
  }

  @GuardedBy("one")
  private void offerToAnother(OutstandingExchange one, long now) {
    if (one.age(now) > ACCEPT_NANOS) {
      one.isNotAccepted();
      putOff(one);
    }
  }

  @GuardedBy("one")
  private void offerAgain(OutstandingExchange one, long now) {
    if (one.age(now) > OFFER_AGAIN_NANOS) {
      one.sentAgain(now);
      deliver(one, one.worker(), now);
    }
  }

  int size() {
    return open.size();
  }
}
