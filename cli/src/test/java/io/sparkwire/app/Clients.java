package io.sparkwire.app;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Threads that keep asking a service, each for numbers that no other has, until they are stopped;
 * and what they noted.
 */
abstract class Clients {

  static final Duration TIMEOUT = Duration.ofMinutes(2);

  /** Without a pause, a few clients take the processors that nodes need to start. */
  private static final long PAUSE_MILLIS = Long.getLong("sparkwire.clients.pause", 20);

  private final List<Thread> threads = new ArrayList<>();
  private final Queue<String> failures = new ConcurrentLinkedQueue<>();
  private final AtomicLong numbers = new AtomicLong();
  private final AtomicLong answered = new AtomicLong();
  private final AtomicLong longestNanos = new AtomicLong();
  private final CountDownLatch stopping = new CountDownLatch(1);

  /** Starts so many; a subclass calls it when it is ready. */
  final void begin(int clients) {
    for (int i = 0; i < clients; i++) {
      Thread thread = new Thread(this::askOnAndOn, "client-" + i);
      thread.setDaemon(true);
      threads.add(thread);
      thread.start();
    }
  }

  /** What one of the threads does until {@link #isStopping}. */
  abstract void askOnAndOn();

  final boolean isStopping() {
    return stopping.getCount() == 0;
  }

  /** Waits for so long, or until {@link #isStopping}. */
  final void pause(long millis) throws InterruptedException {
    stopping.await(millis, TimeUnit.MILLISECONDS);
  }

  /** Waits for the time between two requests of a client. */
  final void pause() throws InterruptedException {
    pause(PAUSE_MILLIS);
  }

  final long nextNumber() {
    return numbers.getAndIncrement();
  }

  /** A request has ended. */
  final void waited(long sinceNanos) {
    longestNanos.accumulateAndGet(System.nanoTime() - sinceNanos, Math::max);
  }

  /** Notes a reply, and what it was if it was not the right one. */
  final void note(boolean right, String what) {
    if (right) {
      answered.incrementAndGet();
    } else {
      failures.add(what);
    }
  }

  /** Waits until so many more have been answered, or something is wrong. */
  final void awaitMore(int requests) {
    long enough = answered.get() + requests;
    await().atMost(TIMEOUT).until(() -> answered.get() >= enough || !failures.isEmpty());
  }

  /** Goes on for so long, too, unless something is wrong. */
  final void awaitMore(int requests, Duration time) {
    long end = System.nanoTime() + time.toNanos();
    awaitMore(requests);
    await()
        .atMost(time.plus(TIMEOUT))
        .until(() -> System.nanoTime() - end >= 0 || !failures.isEmpty());
  }

  final long answered() {
    return answered.get();
  }

  /** What was not as it should be. */
  final List<String> failures() {
    return List.copyOf(failures);
  }

  final Duration longest() {
    return Duration.ofNanos(longestNanos.get());
  }

  /** Lets every client have its last answer. */
  final void stop() throws InterruptedException {
    stopping.countDown();
    for (Thread thread : threads) {
      thread.join(TIMEOUT.toMillis());
    }
  }
}
