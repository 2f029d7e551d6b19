package io.sparkwire.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sparkwire.exchange.LoopHarness;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OutboxTest {

  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private final LoopHarness loop = new LoopHarness();
  private final List<List<Integer>> messages = new CopyOnWriteArrayList<>();
  private volatile int bytesOfEach;
  private final Outbox<Integer> outbox =
      new Outbox<>(loop.context(), thing -> bytesOfEach, this::send);
  private final Promise<Void> left = Promise.promise();

  private Future<Void> send(List<Integer> batch) {
    messages.add(batch);
    return left.future();
  }

  @AfterEach
  void stop() {
    loop.close();
  }

  private void addOnLoop(int... things) {
    loop.runOnLoop(() -> IntStream.of(things).forEach(outbox::add));
  }

  private void awaitThings(int count) {
    await()
        .atMost(TIMEOUT)
        .untilAsserted(
            () -> assertThat(messages.stream().mapToInt(List::size).sum()).isEqualTo(count));
  }

  @Test
  void whatComesWhileTheLoopIsBusyLeavesInOneMessage() {
    addOnLoop(1, 2, 3);
    awaitThings(3);

    assertThat(messages).containsExactly(List.of(1, 2, 3));
  }

  @Test
  void whatComesAloneDoesNotWaitForMore() {
    outbox.add(1);
    awaitThings(1);
    outbox.add(2);
    awaitThings(2);

    assertThat(messages).containsExactly(List.of(1), List.of(2));
  }

  @Test
  void oneMessageHasSoManyThingsAtMost() {
    addOnLoop(IntStream.range(0, Outbox.MOST_AT_ONCE + 1).toArray());
    awaitThings(Outbox.MOST_AT_ONCE + 1);

    assertThat(messages).extracting(List::size).containsExactly(Outbox.MOST_AT_ONCE, 1);
  }

  @Test
  void largeThingsLeaveInMessagesOfTheirOwn() {
    bytesOfEach = Outbox.MOST_BYTES / 2;
    addOnLoop(1, 2, 3);
    awaitThings(3);
    bytesOfEach = 2 * Outbox.MOST_BYTES;
    addOnLoop(4, 5);
    awaitThings(5);

    assertThat(messages).containsExactly(List.of(1, 2), List.of(3), List.of(4), List.of(5));
  }

  @Test
  void whatWaitsIsCountedUntilItHasLeft() {
    bytesOfEach = 1_000;
    addOnLoop(1, 2, 3);
    awaitThings(3);
    assertThat(outbox.waiting()).isEqualTo(3_000);
    left.complete();

    assertThat(outbox.waiting()).isZero();
  }

  @Test
  void whatManyThreadsAddLeavesOnceAndInTheOrderOfEach() throws InterruptedException {
    int each = 10_000;
    AtomicInteger thread = new AtomicInteger();
    List<Thread> threads =
        IntStream.range(0, 4)
            .mapToObj(
                i ->
                    new Thread(
                        () -> {
                          int first = each * thread.getAndIncrement();
                          IntStream.range(first, first + each).forEach(outbox::add);
                        }))
            .toList();
    threads.forEach(Thread::start);
    for (Thread one : threads) {
      one.join();
    }
    awaitThings(4 * each);

    List<Integer> all = messages.stream().flatMap(List::stream).toList();
    for (int i = 0; i < 4; i++) {
      int first = i * each;
      assertThat(all.stream().filter(thing -> thing / each == first / each))
          .containsExactlyElementsOf(IntStream.range(first, first + each).boxed().toList());
    }
  }
}
