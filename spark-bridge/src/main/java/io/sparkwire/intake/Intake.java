package io.sparkwire.intake;

import io.sparkwire.dispatch.LocalIntake;
import io.sparkwire.message.FailureCode;
import io.sparkwire.message.PendingRequest;
import io.sparkwire.message.ServiceFailure;
import io.sparkwire.message.ServiceReply;
import java.util.Deque;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jctools.queues.MpmcArrayQueue;

/**
 * The bounded queue of one service on one worker node: event loops put requests in, partition
 * readers compete to take them out.
 *
 * <p>A thread that finds it empty parks. A request wakes a parked thread only if no other is awake,
 * so a burst that one reader can serve does not wake the rest. If a request has still waited for
 * longer than {@value #RELIEF_DELAY_MILLIS} ms, one more thread is woken. Thread-safe.
 */
public final class Intake implements LocalIntake {

  /*
   * Protocol of producers (event loops) and readers (task threads):
   *
   * - "awake" counts the readers that are inside and not parked. A producer puts its request first
   *   and reads the count afterwards. A reader pushes itself on "parked", lowers the count, and
   *   polls the queue once more before it parks. Whatever the interleaving, one of the two sees the
   *   other: the reader finds the request, or the producer finds no reader awake and wakes this
   *   one.
   * - A woken reader must count as awake before it runs; otherwise the next request of a burst
   *   would wake another reader for nothing. So the remover of a waiter from "parked" raises the
   *   count: the one that wakes it, or the waiter itself when its deadline passes. Only one removal
   *   succeeds.
   * - A reader that is awake may be busy with a slow row, and the request behind it has woken no
   *   other. A timer covers that case: it remembers how far the producers had got when it was
   *   armed, and wakes one more reader if the consumers are not that far. Its flag is cleared
   *   before it checks, so that a request put after the check arms it again.
   * - A reader that leaves may be the one that a request relied on. It wakes another if one is
   *   queued.
   */

  /** How long a request waits for the readers that are awake before one more is woken. */
  static final int RELIEF_DELAY_MILLIS = 1;

  private static final int SMALLEST = 2;

  private final String service;
  private final MpmcArrayQueue<PendingRequest> queue;
  private final Consumer<Runnable> afterDelay;
  private final Deque<Waiter> parked = new ConcurrentLinkedDeque<>();
  private final Queue<PendingRequest> returned = new ConcurrentLinkedQueue<>();
  private final AtomicInteger awake = new AtomicInteger();
  private final AtomicBoolean reliefArmed = new AtomicBoolean();
  private volatile boolean ending;

  /**
   * @param capacity how many requests it holds at least
   * @param afterDelay runs what it is given once, {@value #RELIEF_DELAY_MILLIS} ms later
   */
  Intake(String service, int capacity, Consumer<Runnable> afterDelay) {
    this.service = service;
    this.queue = new MpmcArrayQueue<>(Math.max(SMALLEST, capacity));
    this.afterDelay = afterDelay;
  }

  @Override
  public boolean offer(PendingRequest request) {
    if (!queue.offer(request)) {
      return false;
    }
    if (awake.get() == 0) {
      wakeOne();
    } else if (!parked.isEmpty()) {
      armRelief();
    }
    return true;
  }

  /** Up to half of what it holds, requests wait here rather than go to another node. */
  @Override
  public boolean hasRoom() {
    return !ending && queue.size() <= queue.capacity() / 2;
  }

  private void armRelief() {
    if (!reliefArmed.get() && reliefArmed.compareAndSet(false, true)) {
      long lastPut = queue.currentProducerIndex();
      afterDelay.accept(() -> relieve(lastPut));
    }
  }

  private void relieve(long lastPut) {
    reliefArmed.set(false);
    if (queue.currentConsumerIndex() < lastPut) {
      wakeOne();
    }
    if (!queue.isEmpty() && !parked.isEmpty()) {
      armRelief();
    }
  }

  private void wakeOne() {
    Waiter waiter = parked.poll();
    if (waiter != null) {
      awake.incrementAndGet();
      waiter.wake();
    }
  }

  /**
   * Takes back a request that a reader had taken and not handed over; it is the next to be taken.
   */
  void giveBack(PendingRequest request) {
    returned.add(request);
    if (awake.get() == 0) {
      wakeOne();
    }
  }

  /** The next request that a client still waits for, or null. */
  PendingRequest poll() {
    PendingRequest request = next();
    while (request != null && !request.isOpen()) {
      request = next();
    }
    return request;
  }

  private PendingRequest next() {
    PendingRequest request = returned.poll();
    return request == null ? queue.poll() : request;
  }

  private boolean isEmpty() {
    return queue.isEmpty() && returned.isEmpty();
  }

  /** How many requests are queued. */
  public int size() {
    return queue.size() + returned.size();
  }

  /** Readers wait no longer: they end their epochs with what is queued now. */
  void end() {
    ending = true;
    for (Waiter waiter = parked.poll(); waiter != null; waiter = parked.poll()) {
      awake.incrementAndGet();
      waiter.wake();
    }
  }

  /** Whether no new epoch should begin, and none stay open. */
  public boolean isEnding() {
    return ending;
  }

  /** Answers all that is queued: no reader will take it any more. */
  void close() {
    ServiceReply stopped =
        ServiceFailure.of(
                FailureCode.UNAVAILABLE, "service '" + service + "' has stopped; try again later")
            .toReply();
    for (PendingRequest r = next(); r != null; r = next()) {
      r.answer(stopped);
    }
  }

  /** The calling thread begins to take requests; it counts as awake until it parks or leaves. */
  Waiter enter() {
    awake.incrementAndGet();
    return new Waiter(Thread.currentThread());
  }

  /**
   * Waits until a request is queued.
   *
   * @return whether one is; if not, {@code nanos} have passed or the thread was interrupted
   */
  public boolean awaitRequest(long nanos) {
    Waiter waiter = enter();
    try {
      waiter.park(System.nanoTime() + nanos);
      return !isEmpty();
    } finally {
      waiter.leave();
    }
  }

  /** One thread's way to wait for requests. Used by that thread, woken by any. */
  final class Waiter {

    private final Thread thread;
    private volatile boolean waiting;

    private Waiter(Thread thread) {
      this.thread = thread;
    }

    private void wake() {
      waiting = false;
      LockSupport.unpark(thread);
    }

    /** Waits until a request may be there, the deadline passes, or the thread is interrupted. */
    void park(long deadlineNanos) {
      waiting = true;
      parked.push(this); // the one that parked last is woken first: its caches are warm
      awake.decrementAndGet();
      // A producer that puts a request from here on finds this thread parked; what was put before,
      // the poll finds.
      long left = deadlineNanos - System.nanoTime();
      while (waiting && !ending && Intake.this.isEmpty() && left > 0 && !thread.isInterrupted()) {
        LockSupport.parkNanos(Intake.this, left);
        left = deadlineNanos - System.nanoTime();
      }
      // The remover of a parked waiter increments "awake"; remove succeeds for one thread only.
      if (parked.remove(this)) {
        awake.incrementAndGet();
      }
    }

    /** The thread takes no more. What is queued is for another. */
    void leave() {
      awake.decrementAndGet();
      if (!Intake.this.isEmpty()) {
        wakeOne();
      }
    }
  }
}
