package io.sparkwire.requestlog;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sparkwire.log.Event;
import io.sparkwire.log.RecordingLogger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LogWriterTest {

  private static final int THREADS = 4;
  private static final int PER_THREAD = 50_000;

  private final RecordingLogger log = new RecordingLogger();
  private final DroppedEntries dropped =
      new DroppedEntries(Event.PAYLOAD_LOG_DROPPED, log, "the log", System::nanoTime);

  private record Entry(long number) implements LogEntry {

    @Override
    public int weight() {
      return 100;
    }
  }

  /** Keeps what it gets, until {@link #held} is opened. */
  private static final class Kept implements LogSink<Entry> {

    final List<Long> written = new ArrayList<>();
    final CountDownLatch held;
    volatile int flushed;

    Kept(int locks) {
      held = new CountDownLatch(locks);
    }

    @Override
    public void write(Entry entry) {
      awaitOpen();
      if (entry.number() < 0) {
        throw new IllegalStateException("a fault");
      }
      written.add(entry.number());
    }

    private void awaitOpen() {
      try {
        held.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public void flush() {
      flushed = written.size();
    }

    @Override
    public boolean isBlocked() {
      return false;
    }

    @Override
    public void check() {}

    @Override
    public void close() {}
  }

  @Test
  void allThatManyThreadsOfferIsWrittenOnceAndInTheOrderOfEach() throws Exception {
    Kept sink = new Kept(0);
    LogWriter<Entry> writer = new LogWriter<>("test", Long.MAX_VALUE, sink, dropped);
    List<Thread> threads =
        IntStream.range(0, THREADS)
            .mapToObj(
                t ->
                    new Thread(
                        () ->
                            LongStream.range(0, PER_THREAD)
                                .forEach(i -> writer.offer(new Entry(i * THREADS + t)))))
            .toList();
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }
    writer.close();

    assertThat(sink.written).hasSize(THREADS * PER_THREAD);
    assertThat(new HashSet<>(sink.written)).hasSize(THREADS * PER_THREAD);
    for (int t = 0; t < THREADS; t++) {
      int own = t;
      assertThat(sink.written.stream().filter(n -> n % THREADS == own)).isSorted();
    }
    assertThat(dropped.count()).isZero();
  }

  @Test
  void whatIsOfferedIsWrittenSoonWithoutAnotherOffer() {
    Kept sink = new Kept(0);
    LogWriter<Entry> writer = new LogWriter<>("test", Long.MAX_VALUE, sink, dropped);
    for (int i = 1; i <= 20; i++) {
      writer.offer(new Entry(i));
      int all = i;
      await().atMost(ofSeconds(5)).until(() -> sink.flushed == all);
    }
    writer.close();
  }

  @Test
  void moreThanThereIsRoomForIsDroppedCountedAndSaid() {
    Kept sink = new Kept(1);
    LogWriter<Entry> writer = new LogWriter<>("test", 1_000, sink, dropped);
    LongStream.range(0, 25).forEach(i -> writer.offer(new Entry(i)));
    assertThat(dropped.count()).isEqualTo(15);
    sink.held.countDown();
    await().atMost(ofSeconds(5)).until(() -> sink.flushed == 10);
    await().atMost(ofSeconds(5)).until(() -> !log.lines.isEmpty());
    writer.offer(new Entry(25));
    writer.close();

    assertThat(sink.written)
        .containsExactlyElementsOf(
            LongStream.concat(LongStream.range(0, 10), LongStream.of(25)).boxed().toList());
    assertThat(log.lines)
        .containsExactly(
            "WARN event=payload-log-dropped the log has dropped 15 request(s), 15 in all: there is"
                + " no room for more that wait to be written");
  }

  @Test
  void aFaultOfOneEntryIsNotTheEndOfTheOthers() {
    Kept sink = new Kept(0);
    LogWriter<Entry> writer = new LogWriter<>("test", 1_000, sink, dropped);
    LongStream.of(1, -2, 3).forEach(i -> writer.offer(new Entry(i)));
    writer.close();

    assertThat(sink.written).containsExactly(1L, 3L);
    assertThat(dropped.count()).isEqualTo(1);
  }

  @Test
  void whatIsOfferedAfterItsEndIsCounted() {
    LogWriter<Entry> writer = new LogWriter<>("test", 1_000, new Kept(0), dropped);
    writer.close();
    writer.offer(new Entry(1));

    assertThat(dropped.count()).isEqualTo(1);
  }
}
