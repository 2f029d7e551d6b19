package io.sparkwire.intake;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.awaitility.Awaitility.await;

import io.sparkwire.message.PendingRequest;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.core.ConditionFactory;

/**
 * A thread that takes requests from an intake until that ends, and is held up by each until the
 * test releases it.
 */
final class TakingThread {

  private static final long FAR_NANOS = TimeUnit.MINUTES.toNanos(5);

  final List<Long> taken = new CopyOnWriteArrayList<>();
  private final Intake intake;
  private final Semaphore mayGoOn = new Semaphore(0);
  private final Thread thread = new Thread(this::takeAll, "taking");
  private final AtomicInteger parkings = new AtomicInteger();

  private TakingThread(Intake intake) {
    this.intake = intake;
    thread.setDaemon(true);
    thread.start();
  }

  /** A thread that is parked. */
  static TakingThread parkedAt(Intake intake) {
    TakingThread taking = new TakingThread(intake);
    taking.awaitParked();
    return taking;
  }

  private void takeAll() {
    Intake.Waiter waiter = intake.enter();
    while (true) {
      PendingRequest request = intake.poll();
      if (request != null) {
        taken.add(request.request().id().sequence());
        mayGoOn.acquireUninterruptibly();
      } else if (intake.isEnding()) {
        break;
      } else {
        waiter.park(System.nanoTime() + FAR_NANOS);
        parkings.incrementAndGet();
      }
    }
    waiter.leave();
  }

  /** The way to wait in these tests: polls for ten seconds at most. */
  static ConditionFactory soon() {
    return await().atMost(ofSeconds(10)).pollDelay(ofMillis(0)).pollInterval(ofMillis(1));
  }

  void awaitParked() {
    soon().until(() -> LockSupport.getBlocker(thread) == intake);
  }

  void goOn() {
    mayGoOn.release();
  }

  /** How often it has been parked and woken. */
  int parkings() {
    return parkings.get();
  }

  void awaitEnd() throws InterruptedException {
    thread.join(TimeUnit.SECONDS.toMillis(10));
    if (thread.isAlive()) {
      throw new AssertionError("the thread did not end; it took " + taken);
    }
  }
}
