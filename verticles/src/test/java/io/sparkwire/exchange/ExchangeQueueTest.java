package io.sparkwire.exchange;

import static io.sparkwire.exchange.ServiceCounter.ABANDONED;
import static io.sparkwire.exchange.ServiceCounter.ADMITTED;
import static io.sparkwire.exchange.ServiceCounter.ANSWERED;
import static io.sparkwire.exchange.ServiceCounter.EXPIRED;
import static io.sparkwire.exchange.ServiceCounter.LATE_ANSWERS;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofNanos;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sparkwire.message.ServiceReply;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExchangeQueueTest {

  private final LoopHarness loop = new LoopHarness();

  @AfterEach
  void stop() {
    loop.close();
  }

  private void awaitSent(int count) {
    await().atMost(ofSeconds(10)).until(() -> loop.sent.size() >= count);
  }

  private List<String> sentNames() {
    return loop.sent.stream().map(line -> line.substring(0, line.indexOf(' '))).toList();
  }

  private void nothingIsLeft() {
    assertThat(loop.exchanges.size()).isZero();
    assertThat(loop.service.inFlight()).isZero();
  }

  @Test
  void exchangesExpireAtTheirDeadlinesAndInTheirOrder() {
    loop.open("a");
    loop.pass(ofMillis(3));
    Exchange b = loop.open("b");
    loop.open("c");
    loop.pass(ofMillis(2));
    awaitSent(1);
    assertThat(sentNames()).containsExactly("a");
    assertThat(b.isOpen()).isTrue();

    loop.pass(ofMillis(3));
    awaitSent(3);
    assertThat(sentNames()).containsExactly("a", "b", "c");
    assertThat(loop.service.counts())
        .isEqualTo(new Service.Counts(Map.of(ADMITTED, 3L, EXPIRED, 3L)));
    nothingIsLeft();
  }

  @Test
  void anExchangeStaysOpenUntilItsVeryDeadline() {
    Exchange first = loop.open("first");
    loop.pass(ofNanos(1));
    Exchange second = loop.open("second");
    loop.pass(LoopHarness.TIMEOUT.minusNanos(1));
    awaitSent(1);
    assertThat(first.isOpen()).isFalse();
    assertThat(second.isOpen()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"0, b, c", "1, a, c", "2, a, b"})
  void theOthersExpireInOrderWhenOneHasLeft(int leaving, String next, String last) {
    List<Exchange> open = List.of(loop.open("a"), loop.open("b"), loop.open("c"));
    loop.runOnLoop(open.get(leaving)::abandon);
    loop.pass(LoopHarness.TIMEOUT);
    awaitSent(2);

    assertThat(sentNames()).containsExactly(next, last);
    assertThat(loop.service.counts())
        .isEqualTo(new Service.Counts(Map.of(ADMITTED, 3L, EXPIRED, 2L, ABANDONED, 1L)));
    nothingIsLeft();
  }

  @Test
  void aQueueThatWasEmptyKeepsDeadlinesAgain() {
    for (int round = 1; round <= 3; round++) {
      loop.open("a");
      loop.pass(LoopHarness.TIMEOUT);
      awaitSent(round);
      nothingIsLeft();
    }
  }

  @Test
  void anIncompleteRequestExpiresAs408() {
    loop.open("a");
    loop.pass(LoopHarness.TIMEOUT);
    awaitSent(1);

    assertThat(loop.sent.get(0))
        .startsWith("a 408 ")
        .contains("the request was not complete within 5 ms of its first line");
  }

  @Test
  void aCompleteRequestExpiresAs504() {
    loop.received(loop.open("a"));
    loop.pass(LoopHarness.TIMEOUT);
    awaitSent(1);

    assertThat(loop.sent.get(0))
        .startsWith("a 504 ")
        .contains("the pipeline did not reply within 5 ms");
  }

  @ParameterizedTest
  @ValueSource(strings = {"answered", "expired", "abandoned"})
  void whatHasEndedKeepsNeitherBodyNorReplyNorConnection(String end) {
    byte[] body = new byte[1_000];
    ServiceReply reply = LoopHarness.reply("long");
    List<WeakReference<Object>> large =
        List.of(new WeakReference<>(body), new WeakReference<>(reply.body()));
    Exchange exchange = loop.received(loop.open("a"), body);
    body = null;
    if (end.equals("abandoned")) {
      loop.runOnLoop(exchange::abandon);
    } else {
      if (end.equals("answered")) {
        exchange.answer(reply);
      } else {
        loop.pass(LoopHarness.TIMEOUT);
      }
      awaitSent(1);
    }
    reply = null;

    await()
        .atMost(ofSeconds(10))
        .until(
            () -> {
              System.gc();
              return large.stream().allMatch(each -> each.get() == null);
            });
    assertThat(exchange.isOpen()).isFalse();
    assertThat(exchange.retain()).isFalse();
    assertThat(exchange.request().isWhole()).isFalse();
    assertThat(exchange.request().id().sequence()).isEqualTo(exchange.sequence());
    assertThat(exchange.request().service()).isEqualTo("s");
  }

  @Test
  void whatIsRetainedStaysWholeBeyondItsEnd() {
    Exchange exchange = loop.received(loop.open("a"), new byte[] {7});
    assertThat(exchange.retain()).isTrue();
    exchange.answer(LoopHarness.reply("b"));
    awaitSent(1);

    assertThat(exchange.request().body()).containsExactly(7);
    assertThat(exchange.retain()).isTrue();
  }

  @Test
  void anAnswerIsSentOnceAndTheNextCountsAsLate() {
    Exchange exchange = loop.received(loop.open("a"));
    assertThat(exchange.answer(LoopHarness.reply("first"))).isTrue();
    assertThat(exchange.isOpen()).isFalse();
    assertThat(exchange.answer(LoopHarness.reply("second"))).isFalse();
    awaitSent(1);

    assertThat(loop.sent).containsExactly("a 200 first");
    assertThat(loop.service.counts())
        .isEqualTo(new Service.Counts(Map.of(ADMITTED, 1L, ANSWERED, 1L, LATE_ANSWERS, 1L)));
    nothingIsLeft();
  }

  @Test
  void anAnswerAfterTheDeadlineCountsAsLate() {
    Exchange exchange = loop.open("a");
    loop.pass(LoopHarness.TIMEOUT);
    awaitSent(1);
    assertThat(exchange.answer(LoopHarness.reply("late"))).isFalse();

    assertThat(loop.service.counts())
        .isEqualTo(new Service.Counts(Map.of(ADMITTED, 1L, EXPIRED, 1L, LATE_ANSWERS, 1L)));
  }

  @Test
  void anAnswerToAnAbandonedExchangeIsDroppedAndCountsAsLate() {
    Exchange exchange = loop.received(loop.open("a"));
    loop.runOnLoop(exchange::abandon);
    assertThat(exchange.isOpen()).isFalse();
    assertThat(exchange.answer(LoopHarness.reply("late"))).isFalse();
    loop.runOnLoop(exchange::abandon);

    assertThat(loop.sent).isEmpty();
    assertThat(loop.service.counts())
        .isEqualTo(new Service.Counts(Map.of(ADMITTED, 1L, ABANDONED, 1L, LATE_ANSWERS, 1L)));
    nothingIsLeft();
  }

  @Test
  void anAnsweredExchangeCanNeitherExpireNorBeAbandoned() {
    Exchange exchange = loop.received(loop.open("a"));
    loop.runOnLoop(
        () -> { // before the loop gets to send the answer
          exchange.answer(LoopHarness.reply("in time"));
          exchange.expire();
          exchange.abandon();
        });
    awaitSent(1);

    assertThat(loop.sent).containsExactly("a 200 in time");
    assertThat(loop.service.counts())
        .isEqualTo(new Service.Counts(Map.of(ADMITTED, 1L, ANSWERED, 1L)));
    nothingIsLeft();
  }

  @Test
  void oneClientThatCannotBeAnsweredDoesNotHoldUpTheOthers() {
    Exchange bad =
        loop.open(
            reply -> {
              throw new IllegalStateException("thrown on purpose by a test");
            });
    Exchange good = loop.open("good");
    loop.runOnLoop(
        () -> {
          bad.answer(LoopHarness.reply("x"));
          good.answer(LoopHarness.reply("y"));
        });
    awaitSent(1);

    assertThat(loop.sent).containsExactly("good 200 y");
    nothingIsLeft();
  }

  @Test
  void theFirstAnswerWinsWhenThreadsRace() throws Exception {
    int threads = 4;
    List<Exchange> exchanges =
        IntStream.range(0, 2_000).mapToObj(i -> loop.open(Integer.toString(i))).toList();
    AtomicInteger[] winner =
        exchanges.stream().map(e -> new AtomicInteger(-1)).toArray(AtomicInteger[]::new);
    CountDownLatch start = new CountDownLatch(threads);
    List<CompletableFuture<Void>> racers = new ArrayList<>();
    for (int t = 0; t < threads; t++) {
      int me = t;
      ServiceReply mine = LoopHarness.reply(Integer.toString(t));
      racers.add(
          CompletableFuture.runAsync(
              () -> {
                start.countDown();
                awaitAll(start);
                for (int i = 0; i < exchanges.size(); i++) {
                  if (exchanges.get(i).answer(mine)) {
                    assertThat(winner[i].getAndSet(me)).as("winner of %d", i).isEqualTo(-1);
                  }
                }
              },
              task -> new Thread(task).start()));
    }
    for (CompletableFuture<Void> racer : racers) {
      racer.get(10, TimeUnit.SECONDS);
    }
    awaitSent(exchanges.size());

    assertThat(loop.sent)
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(0, exchanges.size())
                .mapToObj(i -> i + " 200 " + winner[i].get())
                .toList());
    assertThat(loop.service.counts())
        .isEqualTo(
            new Service.Counts(
                Map.of(ADMITTED, 2_000L, ANSWERED, 2_000L, LATE_ANSWERS, 2_000L * (threads - 1))));
    nothingIsLeft();
  }

  private static void awaitAll(CountDownLatch latch) {
    try {
      assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
