package io.sparkwire.exchange;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sparkwire.message.FakePendingRequest;
import io.sparkwire.message.ServiceReply;
import io.sparkwire.message.ServiceRequest;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DetachedExchangesTest {

  private static final ServiceRequest REQUEST =
      FakePendingRequest.with(99, "body".getBytes(UTF_8)).request();

  private final LoopHarness loop = new LoopHarness();
  private final DetachedExchanges detached =
      new DetachedExchanges(
          loop.exchanges, loop.service, new ExchangeLoop(loop.context()), LoopHarness.TIMEOUT);
  private final List<ServiceReply> replies = new CopyOnWriteArrayList<>();

  @AfterEach
  void stop() {
    loop.close();
  }

  private Exchange open(Consumer<ServiceReply> answered) {
    return loop.onLoop(() -> detached.open(REQUEST, answered));
  }

  private void awaitReplies(int count) {
    await().atMost(ofSeconds(10)).until(() -> replies.size() == count);
  }

  private void assertCounts(int admitted, int answered, int expired, int abandoned) {
    Service.Counts counts = loop.service.counts();
    assertThat(counts.get(ServiceCounter.ADMITTED)).isEqualTo(admitted);
    assertThat(counts.get(ServiceCounter.ANSWERED)).isEqualTo(answered);
    assertThat(counts.get(ServiceCounter.EXPIRED)).isEqualTo(expired);
    assertThat(counts.get(ServiceCounter.ABANDONED)).isEqualTo(abandoned);
    assertThat(counts.get(ServiceCounter.INCOMPLETE)).isZero();
  }

  @Test
  void itHasTheRequestUnderAnIdOfItsOwn() {
    Exchange exchange = open(replies::add);

    assertThat(exchange.request().body()).asString().isEqualTo("body");
    assertThat(exchange.request().id()).isEqualTo(loop.exchanges.id(exchange));
    assertThat(loop.exchanges.answer(exchange.request().id(), LoopHarness.reply("r"))).isTrue();
    awaitReplies(1);
  }

  @Test
  void itOutlivesTheClientWhoseRoomItTook() {
    Exchange client = loop.received(loop.open("client"));
    loop.runOnLoop(client::handOverRoom);
    Exchange exchange = open(replies::add);
    loop.runOnLoop(exchange::takeRoom);
    loop.runOnLoop(client::abandon);
    assertThat(loop.service.inFlight()).isEqualTo(1);
    assertThat(exchange.isOpen()).isTrue();

    exchange.answer(LoopHarness.reply("r"));
    awaitReplies(1);
    assertThat(loop.service.inFlight()).isZero();
    assertThat(loop.exchanges.size()).isZero();
    assertCounts(1, 1, 0, 0);
  }

  @Test
  void severalAnswerOneClientInItsRoom() {
    Exchange client = loop.received(loop.open("client"));
    String[] parts = new String[3];
    int[] missing = {parts.length};
    List<Exchange> rows =
        IntStream.range(0, parts.length)
            .mapToObj(
                row ->
                    open(
                        reply -> {
                          parts[row] = new String(reply.body(), UTF_8);
                          if (--missing[0] == 0) {
                            client.answer(LoopHarness.reply(String.join("+", parts)));
                          }
                        }))
            .toList();
    assertThat(loop.exchanges.size()).isEqualTo(4);
    assertThat(loop.service.inFlight()).isEqualTo(1);

    rows.get(2).answer(LoopHarness.reply("c"));
    rows.get(0).answer(LoopHarness.reply("a"));
    await().atMost(ofSeconds(10)).until(() -> loop.exchanges.size() == 2);
    assertThat(loop.sent).isEmpty();
    assertThat(loop.service.inFlight()).isEqualTo(1);
    rows.get(1).answer(LoopHarness.reply("b"));
    loop.awaitOnly("client 200 ", "a+b+c");
    assertThat(loop.service.inFlight()).isZero();
    assertThat(loop.exchanges.size()).isZero();
    assertCounts(1, 1, 0, 0);
  }

  @Test
  void eachHasADeadlineOfItsOwn() {
    open(replies::add);
    loop.pass(ofMillis(3));
    Exchange second = open(replies::add);
    loop.pass(ofMillis(2));
    awaitReplies(1);

    assertThat(replies.get(0).status()).isEqualTo(504);
    assertThat(second.isOpen()).isTrue();
    assertCounts(0, 0, 0, 0);
  }

  @Test
  void oneThatIsAbandonedGetsNoReply() {
    Exchange exchange = open(replies::add);
    loop.runOnLoop(exchange::abandon);

    assertThat(exchange.answer(LoopHarness.reply("late"))).isFalse();
    assertThat(loop.exchanges.size()).isZero();
    assertThat(replies).isEmpty();
    assertCounts(0, 0, 0, 0);
  }

  @Test
  void aRoomThatNoExchangeHasIsTakenAndGivenBackByHand() {
    detached.admitAnyway();
    assertThat(loop.service.inFlight()).isEqualTo(1);
    detached.leave();

    assertThat(loop.service.inFlight()).isZero();
    assertCounts(1, 1, 0, 0);
  }
}
