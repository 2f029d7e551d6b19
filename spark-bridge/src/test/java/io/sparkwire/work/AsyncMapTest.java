package io.sparkwire.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class AsyncMapTest {

  private final HandWork work = new HandWork();
  private AsyncMap<Integer, Integer> map;

  /** Work that ends when the test says so. */
  private static final class HandWork implements AsyncMap.Work<Integer, Integer> {

    private final ConcurrentHashMap<Integer, Consumer<Integer>> started = new ConcurrentHashMap<>();

    @Override
    public void start(Integer input, Consumer<Integer> done) {
      started.put(input, done);
    }

    void finish(int input) {
      await().until(() -> started.containsKey(input));
      started.remove(input).accept(input * 10);
    }
  }

  /** An input that may block for ever, as a stream does. */
  private static final class Endless implements Iterator<Integer> {

    private final BlockingQueue<Integer> queue = new ArrayBlockingQueue<>(100);

    @Override
    public boolean hasNext() {
      return true;
    }

    @Override
    public Integer next() {
      try {
        return queue.take();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted", e);
      }
    }
  }

  private AsyncMap<Integer, Integer> over(Iterator<Integer> inputs, int window, boolean ordered) {
    map = new AsyncMap<>(inputs, work, window, ordered, UnaryOperator.identity());
    return map;
  }

  @AfterEach
  void noThreadIsLeft() {
    map.close();
    assertThat(Thread.getAllStackTraces().keySet())
        .noneMatch(t -> t.getName().endsWith(" feeder") && t.isAlive());
  }

  @Test
  void resultsComeAsTheyGetReady() {
    over(List.of(1, 2, 3).iterator(), 3, false);
    Future<?> finishing =
        CompletableFuture.runAsync(() -> Stream.of(3, 1, 2).forEach(work::finish));
    List<Integer> results = new ArrayList<>();
    map.forEachRemaining(results::add);
    assertThat(results).containsExactly(30, 10, 20);
    assertThat(finishing).succeedsWithin(Duration.ofSeconds(5));
  }

  @Test
  void resultsKeepTheirOrderIfAsked() {
    over(List.of(1, 2, 3).iterator(), 3, true);
    Future<?> finishing =
        CompletableFuture.runAsync(() -> Stream.of(3, 1, 2).forEach(work::finish));
    List<Integer> results = new ArrayList<>();
    map.forEachRemaining(results::add);
    assertThat(results).containsExactly(10, 20, 30);
    assertThat(finishing).succeedsWithin(Duration.ofSeconds(5));
  }

  @Test
  void aResultIsThereWhileTheInputBlocks() {
    Endless stream = new Endless();
    over(stream, 64, false);
    stream.queue.add(7);
    Future<?> finishing = CompletableFuture.runAsync(() -> work.finish(7));
    assertThat(map.next()).isEqualTo(70);
    assertThat(finishing).succeedsWithin(Duration.ofSeconds(5));
  }

  @Test
  void noMoreInputIsReadThanTheWindowHolds() {
    AtomicInteger read = new AtomicInteger();
    over(IntStream.range(0, 100).peek(i -> read.incrementAndGet()).iterator(), 4, false);
    Future<?> finishing = CompletableFuture.runAsync(() -> work.finish(0));
    assertThat(map.next()).isZero();
    await().until(() -> read.get() == 5);
    assertThat(work.started).hasSize(4);
    assertThat(finishing).succeedsWithin(Duration.ofSeconds(5));
  }

  @Test
  void inputsThatComeOneByOneNeverRunOutOfRoom() {
    Endless stream = new Endless();
    over(stream, 8, false);
    for (int i = 0; i < 20; i++) {
      int input = i;
      stream.queue.add(input);
      Future<?> finishing = CompletableFuture.runAsync(() -> work.finish(input));
      assertThat(map.next()).isEqualTo(10 * input);
      assertThat(finishing).succeedsWithin(Duration.ofSeconds(5));
    }
  }

  @Test
  void aFailureOfTheInputComesAfterTheResultsBeforeIt() {
    Iterator<Integer> failing =
        new Iterator<>() {
          private int next;

          @Override
          public boolean hasNext() {
            return true;
          }

          @Override
          public Integer next() {
            if (next == 2) {
              throw new UncheckedIOException(new IOException("no more"));
            }
            return next++;
          }
        };
    over(failing, 10, false);
    Future<?> finishing = CompletableFuture.runAsync(() -> Stream.of(0, 1).forEach(work::finish));
    assertThat(List.of(map.next(), map.next())).containsExactly(0, 10);
    assertThatThrownBy(map::hasNext)
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("no more");
    assertThat(finishing).succeedsWithin(Duration.ofSeconds(5));
  }

  @Test
  void anInterruptEndsTheWait() throws Exception {
    over(new Endless(), 4, false);
    ExecutorService task = Executors.newSingleThreadExecutor();
    CompletableFuture<Thread> thread = new CompletableFuture<>();
    Future<Boolean> waiting =
        task.submit(
            () -> {
              thread.complete(Thread.currentThread());
              return map.hasNext();
            });
    await().until(() -> thread.get().getState() == Thread.State.WAITING);
    thread.get().interrupt();
    assertThat(waiting)
        .failsWithin(Duration.ofSeconds(5))
        .withThrowableThat()
        .withMessageContaining("the task was interrupted");
    task.shutdownNow();
  }

  @Test
  void closingEndsAFeederThatWaits() {
    over(new Endless(), 4, false);
    Thread task = new Thread(() -> map.forEachRemaining(result -> {}));
    task.start();
    await()
        .until(
            () ->
                Thread.getAllStackTraces().keySet().stream()
                    .anyMatch(t -> t.getName().endsWith(" feeder")));
    map.close();
    task.interrupt();
  }

  @Test
  void everyResultOfManyComesOnce() {
    ExecutorService others = Executors.newFixedThreadPool(3);
    AsyncMap<Integer, Integer> many =
        new AsyncMap<>(
            IntStream.range(0, 100_000).iterator(),
            (input, done) -> others.execute(() -> done.accept(input)),
            64,
            true,
            UnaryOperator.identity());
    map = many;
    int expected = 0;
    while (many.hasNext()) {
      assertThat(many.next()).isEqualTo(expected++);
    }
    assertThat(expected).isEqualTo(100_000);
    others.shutdown();
  }
}
