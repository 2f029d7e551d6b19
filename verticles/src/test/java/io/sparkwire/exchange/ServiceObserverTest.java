package io.sparkwire.exchange;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sparkwire.message.FakePendingRequest;
import io.sparkwire.message.NodeId;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ServiceObserverTest {

  private final RecordingObserver observer = new RecordingObserver();
  private final LoopHarness loop = new LoopHarness(ofMillis(10), observer);

  @AfterEach
  void stop() {
    loop.close();
  }

  private void awaitSent() {
    await().atMost(ofSeconds(10)).until(() -> loop.sent.size() == 1);
  }

  @Test
  void anAnsweredExchangeIsObservedFromOpeningToAnswer() {
    Exchange exchange = loop.open("a");
    loop.pass(ofMillis(1));
    loop.handOff(loop.received(exchange));
    loop.pass(ofMillis(2));
    exchange.taken();
    loop.pass(ofMillis(3));
    exchange.answer(LoopHarness.reply("yes"));
    awaitSent();

    assertThat(observer.events)
        .containsExactly(
            "opened",
            "handed off after 1 ms",
            "taken after 3 ms",
            "computed in 2 + 3 ms",
            "answered after 6 ms");
    assertThat(loop.service.counts().answered()).isEqualTo(1);
  }

  @Test
  void anExchangeThatIsTakenAgainIsReplayed() {
    Exchange exchange = loop.handOff(loop.received(loop.open("a")));
    exchange.taken();
    loop.pass(ofMillis(2));
    exchange.taken();
    loop.pass(ofMillis(3));
    exchange.answer(LoopHarness.reply("yes"));
    awaitSent();
    assertThat(exchange.times().computed(() -> 0).before()).hasSize(1);
    exchange.answer(LoopHarness.reply("again"));

    assertThat(observer.events)
        .containsExactly(
            "opened",
            "handed off after 0 ms",
            "taken after 0 ms",
            "replayed",
            "taken after 2 ms",
            "computed in 2 + 3 ms",
            "answered after 5 ms",
            "counted LATE_ANSWERS");
  }

  @Test
  void whatAnotherNodeHasTakenIsNotComputedHere() {
    Exchange exchange = loop.handOff(loop.received(loop.open("a")));
    exchange.takenBy(new NodeId("n7"));
    exchange.answer(LoopHarness.reply("yes"));
    awaitSent();

    assertThat(exchange.times().worker()).isEqualTo(new NodeId("n7"));
    assertThat(exchange.times().attempts()).isZero();
    assertThat(exchange.times().queueNanos()).isEqualTo(-1);
    assertThat(observer.events)
        .containsExactly(
            "opened", "handed off after 0 ms", "taken after 0 ms", "answered after 0 ms");
  }

  @Test
  void theTimesOfAnotherNodeAreThoseOfTheExchange() {
    Exchange exchange = loop.handOff(loop.received(loop.open("a")));
    exchange.answer(LoopHarness.reply("yes"), new NodeId("n7"), new RemoteTimes(2, 17, 4_000));
    awaitSent();

    assertThat(exchange.times().worker()).isEqualTo(new NodeId("n7"));
    assertThat(exchange.times().attempts()).isEqualTo(2);
    assertThat(exchange.times().queueNanos()).isEqualTo(17_000);
    assertThat(exchange.times().pipelineNanos()).isEqualTo(4_000_000);
  }

  @Test
  void anExchangeWithoutAnswerExpires() {
    loop.handOff(loop.received(loop.open("a")));
    loop.pass(ofMillis(10));
    awaitSent();

    assertThat(observer.events)
        .containsExactly("opened", "handed off after 0 ms", "expired after 10 ms");
    assertThat(loop.service.counts().expired()).isEqualTo(1);
  }

  @Test
  void anExchangeWhoseClientLeavesIsAbandonedOnce() {
    Exchange exchange = loop.open("a");
    loop.pass(ofMillis(4));
    loop.runOnLoop(exchange::abandon);
    loop.runOnLoop(exchange::abandon);
    exchange.answer(LoopHarness.reply("too late"));

    assertThat(observer.events)
        .containsExactly("opened", "abandoned after 4 ms", "counted LATE_ANSWERS");
    assertThat(loop.service.counts().abandoned()).isEqualTo(1);
  }

  @Test
  void anIncompleteRequestIsObservedAndCountsAsIncomplete() {
    Exchange exchange = loop.openWithoutRoom();
    loop.runOnLoop(exchange::abandon);

    assertThat(observer.events).containsExactly("opened", "abandoned after 0 ms");
    assertThat(loop.service.counts().incomplete()).isEqualTo(1);
    assertThat(loop.service.counts().abandoned()).isZero();
  }

  @Test
  void whatHasEndedIsNotTaken() {
    Exchange exchange = loop.open("a");
    loop.runOnLoop(exchange::abandon);
    exchange.taken();

    assertThat(observer.events).containsExactly("opened", "abandoned after 0 ms");
  }

  @Test
  void theClockIsReadOnlyByAnObserverThatAsksForTheTime() {
    AtomicInteger readings = new AtomicInteger();
    Exchanges exchanges = new Exchanges(new NodeId("n2"), readings::incrementAndGet);
    ExchangeQueue queue =
        exchanges.queue(
            new Service(loop.service.spec()),
            new ExchangeLoop(loop.context()),
            Duration.ofMinutes(10));
    Exchange exchange = loop.onLoop(() -> queue.open(reply -> Future.succeededFuture()));
    int before = readings.get();
    exchange.received(FakePendingRequest.number(1).request());
    exchange.handedOff();
    exchange.taken();
    exchange.answer(LoopHarness.reply("yes"));
    await().atMost(ofSeconds(10)).until(() -> exchanges.size() == 0);

    assertThat(readings).hasValue(before);
  }

  @Test
  void timesAreKeptOnlyIfAnObserverWantsThem() {
    ServiceObserver modest = new ServiceObserver() {};
    ServiceObserver wanting = observer;

    assertThat(new Service(loop.service.spec(), modest).keepsTimes()).isFalse();
    assertThat(new Service(loop.service.spec(), ServiceObserver.both(modest, wanting)).keepsTimes())
        .isTrue();
    assertThat(new Service(loop.service.spec(), ServiceObserver.both(wanting, modest)).keepsTimes())
        .isTrue();
  }
}
