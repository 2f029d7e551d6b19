package io.sparkwire.intake;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sparkwire.history.EpochHistory;
import io.sparkwire.history.EpochShare;
import io.sparkwire.history.HeapEpochHistory;
import io.sparkwire.history.Replay;
import io.sparkwire.message.FakePendingRequest;
import io.sparkwire.message.PendingRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Several threads put and several take. No thread is held up, so no wake-up may depend on the
 * timer, which never fires here: a lost wake-up stops the test.
 */
class IntakeStressTest {

  private static final int THREADS = 3;

  private final AtomicInteger numbers = new AtomicInteger();
  private final AtomicInteger taken = new AtomicInteger();

  /** With one request at a time, no later one hides that the waking for an earlier one was lost. */
  @ParameterizedTest
  @CsvSource({"1, 50000", "2, 50000", "500, 200000"})
  void everyRequestIsTakenOnce(int atATime, int requests) throws Exception {
    Intake intake = new Intake("s", atATime, new HandTimer());
    Semaphore room = new Semaphore(atATime);
    AtomicIntegerArray times = new AtomicIntegerArray(requests);
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      int partition = i;
      threads.add(new Thread(() -> takeAll(intake, partition, times, room)));
      threads.add(new Thread(() -> putAll(intake, requests, room)));
    }
    threads.forEach(thread -> thread.setDaemon(true));
    threads.forEach(Thread::start);
    await().atMost(ofSeconds(30)).until(() -> taken.get() >= requests);
    intake.end();
    for (Thread thread : threads) {
      thread.join(TimeUnit.SECONDS.toMillis(10));
      assertThat(thread.isAlive()).isFalse();
    }

    assertThat(taken).hasValue(requests);
    for (int i = 0; i < requests; i++) {
      assertThat(times.get(i)).isEqualTo(1);
    }
  }

  private void putAll(Intake intake, int requests, Semaphore room) {
    for (int n = numbers.getAndIncrement(); n < requests; n = numbers.getAndIncrement()) {
      room.acquireUninterruptibly();
      intake.offer(FakePendingRequest.number(n));
    }
  }

  private void takeAll(Intake intake, int partition, AtomicIntegerArray times, Semaphore room) {
    EpochShare key = new EpochShare("s", "q", 1, partition);
    EpochHistory.Attempt attempt = new HeapEpochHistory().begin(key, Replay.UNFINISHED);
    try (EpochReader reader =
        new EpochReader(intake, attempt, new Quarantine(null, null, null), null, succeeded -> {})) {
      long far = System.nanoTime() + TimeUnit.MINUTES.toNanos(5);
      for (PendingRequest r = reader.take(far); r != null; r = reader.take(far)) {
        ((FakePendingRequest) r).abandon(); // so that the history need not keep it
        times.incrementAndGet((int) r.request().id().sequence());
        taken.incrementAndGet();
        room.release();
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
