package io.sparkwire.dispatch;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.sparkwire.dispatch.Notice.Kind;
import io.sparkwire.exchange.Exchange;
import io.sparkwire.message.FailureCode;
import io.sparkwire.message.NodeId;
import io.sparkwire.message.Protocol;
import io.sparkwire.message.ServiceFailure;
import io.sparkwire.message.ServiceRequest;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The assignment of exchanges to workers: it sends each to the worker with the fewest, and decides
 * after notices and time-outs whether the same worker or another is asked next.
 *
 * <p>It ends an exchange that a {@link NoWorkerPolicy} has taken or refused; its caller forgets it.
 *
 * <p>Runs on: any thread, with the lock of the exchange held. Has no state of its own.
 */
final class WorkerAssignment {

  /*
   * - A send that fails at once may call "unreached" from within "deliver", on the same thread and
   *   with the lock held, which is reentrant. The worker is in doubt by then, and assign(one, false)
   *   asks no worker in doubt, so the recursion ends; the exchange waits for the next check.
   * - A worker that did not accept in time may have taken the request and died. It stays in
   *   "silent" and counts as lost when it leaves, otherwise a fatal request could pass through all
   *   workers.
   * - An accepted exchange is offered again after five seconds: its reply may have been lost, which
   *   no notice reports. A worker that still has it ignores the offer, since it knows the id.
   */

  static final long ACCEPT_NANOS = TimeUnit.SECONDS.toNanos(1);
  static final long OFFER_AGAIN_NANOS = TimeUnit.SECONDS.toNanos(5);

  /**
   * The way to a worker. Says so to {@link OutstandingExchanges#unreached} if it is known not to
   * have been reached.
   */
  @FunctionalInterface
  interface Sender {
    void send(NodeId worker, HandOffMessage handOff);
  }

  private final WorkerDirectory workers;
  private final Sender sender;
  private final NoWorkerPolicy noWorkerPolicy;
  private final LongSupplier nanoTime;

  /**
   * @param noWorkerPolicy is asked for requests that no other worker can take now
   * @param nanoTime the clock of {@link System#nanoTime}
   */
  WorkerAssignment(
      WorkerDirectory workers,
      Sender sender,
      NoWorkerPolicy noWorkerPolicy,
      LongSupplier nanoTime) {
    this.workers = workers;
    this.sender = sender;
    this.noWorkerPolicy = noWorkerPolicy;
    this.nanoTime = nanoTime;
  }

  /** Whether nodes pass on a request of that size. */
  boolean fits(Exchange exchange) {
    return exchange.request().body().length <= Protocol.MOST_BODY_BYTES;
  }

  /** Answers an exchange that does not fit, unless this node computes it. Needs no lock. */
  void handleTooLarge(Exchange exchange) {
    if (!noWorkerPolicy.handle(exchange, false)) {
      exchange.answer(tooLarge(exchange.request().body().length).toReply());
    }
  }

  private static ServiceFailure tooLarge(int size) {
    return ServiceFailure.of(
        FailureCode.BODY_TOO_LARGE,
        "the body has %d bytes, but nodes of a cluster pass on %d at most"
            .formatted(size, Protocol.MOST_BODY_BYTES));
  }

  /** Sends an exchange to the worker with the fewest, if there is one. */
  @GuardedBy("one")
  void assign(OutstandingExchange one, boolean evenToDoubted) {
    long now = nanoTime.getAsLong();
    Worker next = workers.least(one.exchange.request().service(), one.full, now);
    if (next == null && noWorkerPolicy.handle(one.exchange, !one.full.isEmpty())) {
      one.end();
    } else if (next != null && (evenToDoubted || !next.isDoubted(now))) {
      one.sentTo(next, now);
      deliver(one, next, now);
    } // otherwise it waits for the next check, or for workers that join
  }

  /** Its worker will not do it now: another shall, or the same one a little later. */
  @GuardedBy("one")
  void putOff(OutstandingExchange one) {
    one.worker().doubt(nanoTime.getAsLong());
    one.release();
    assign(one, false);
  }

  /** Its worker has sent a notice about it. */
  @GuardedBy("one")
  void noticed(OutstandingExchange one, Kind kind) {
    one.worker().trust();
    switch (kind) {
      case ACCEPTED -> accepted(one);
      case FULL -> {
        one.full.add(one.release());
        assign(one, true);
      }
      default -> putOff(one);
    }
  }

  @GuardedBy("one")
  private static void accepted(OutstandingExchange one) {
    if (one.accepted()) {
      one.exchange.takenBy(one.worker().node());
    }
  }

  /**
   * A node computes it, whose request it has already.
   *
   * @return how many milliseconds are left to do so
   */
  @GuardedBy("one")
  long claimed(OutstandingExchange one, NodeId by) {
    long now = nanoTime.getAsLong();
    one.release();
    one.sentTo(workers.of(by), now);
    accepted(one);
    return remainingMillis(one, now);
  }

  /** Asks a worker, or another one, if it is time to do so. */
  @GuardedBy("one")
  void check(OutstandingExchange one, long now) {
    switch (one.state()) {
      case WAITING -> assign(one, true);
      case OFFERED, OFFERED_AGAIN -> offerToAnother(one, now);
      case ACCEPTED -> offerAgain(one, now);
      case ENDED -> {} // since the caller found it
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

  private void deliver(OutstandingExchange one, Worker worker, long now) {
    ServiceRequest request = one.exchange.request();
    if (request.isWhole()) { // otherwise it has just ended
      sender.send(worker.node(), new HandOffMessage(request, remainingMillis(one, now)));
    }
  }

  private static long remainingMillis(OutstandingExchange one, long now) {
    return Math.max(1, TimeUnit.NANOSECONDS.toMillis(one.exchange.deadlineNanos() - now));
  }
}
