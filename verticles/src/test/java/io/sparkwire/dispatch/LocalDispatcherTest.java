package io.sparkwire.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.sparkwire.exchange.Exchange;
import io.sparkwire.exchange.LoopHarness;
import io.sparkwire.message.FakePendingRequest;
import io.sparkwire.message.PendingRequest;
import io.sparkwire.message.RequestId;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LocalDispatcherTest {

  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private final LoopHarness loop = new LoopHarness();
  private final Dispatcher dispatcher = loop.dispatcher();
  private final BlockingQueue<PendingRequest> taken = new LinkedBlockingQueue<>();

  @AfterEach
  void stop() {
    loop.close();
  }

  private PendingRequest nextTaken() throws InterruptedException {
    return taken.poll(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
  }

  private Exchange handOff(String service, String name) {
    Exchange exchange = loop.received(loop.open(name));
    loop.runOnLoop(() -> dispatcher.to(service).accept(exchange));
    return exchange;
  }

  @Test
  void theVerySameRequestArrives() throws Exception {
    dispatcher.take("s", taken::add);
    Exchange exchange = handOff("s", "a");

    assertThat(nextTaken()).isSameAs(exchange);
  }

  @Test
  void requestsArriveInTheirOrderOnAnEventLoop() throws Exception {
    BlockingQueue<Boolean> onEventLoop = new LinkedBlockingQueue<>();
    dispatcher.take(
        "s", request -> onEventLoop.add(Context.isOnEventLoopThread()) && taken.add(request));
    List<Exchange> sent = IntStream.range(0, 100).mapToObj(i -> handOff("s", "" + i)).toList();

    for (Exchange exchange : sent) {
      assertThat(nextTaken()).isSameAs(exchange);
    }
    assertThat(onEventLoop).hasSize(100).containsOnly(true);
  }

  @Test
  void eachServiceHasItsOwnIntake() throws Exception {
    BlockingQueue<PendingRequest> others = new LinkedBlockingQueue<>();
    dispatcher.take("s", taken::add);
    dispatcher.take("t", others::add);
    Exchange one = handOff("s", "one");
    Exchange two = handOff("t", "two");

    assertThat(nextTaken()).isSameAs(one);
    assertThat(others.poll(TIMEOUT.toSeconds(), TimeUnit.SECONDS)).isSameAs(two);
    assertThat(taken).isEmpty();
  }

  @Test
  void whatAFullIntakeDoesNotTakeIsRefused() {
    dispatcher.take("s", request -> false);
    handOff("s", "a");

    loop.awaitOnly(
        "a 503 ", "urn:sparkwire:problem:overloaded", "the intake of 's' is full; try again later");
  }

  @Test
  void aReplyFindsItsExchange() {
    Exchange exchange = loop.received(loop.open("a"));
    RequestId id = loop.exchanges.id(exchange);

    assertThat(dispatcher.answer(id, LoopHarness.reply("yes"))).isTrue();
    assertThat(dispatcher.answer(id, LoopHarness.reply("no"))).isFalse();
    await().atMost(TIMEOUT).until(() -> loop.sent.equals(List.of("a 200 yes")));
  }

  @Test
  void aNodeByItselfHasNoNeighbours() {
    Neighbours neighbours = dispatcher.neighbours();
    dispatcher.take("s", taken::add);

    assertThat(neighbours.othersRead("s")).isFalse();
    assertThat(neighbours.claim(List.of(FakePendingRequest.number(1).request()))).isEmpty();
    assertThat(neighbours.repliesToOthers()).isZero();
    assertThatThrownBy(() -> neighbours.handOn(FakePendingRequest.number(1)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("there is no other node to hand a request on to");
  }

  @Test
  void theCodecRefusesTheWire() {
    PendingRequestCodec codec = new PendingRequestCodec();

    assertThatThrownBy(() -> codec.encodeToWire(Buffer.buffer(), FakePendingRequest.number(1)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("a pending request does not leave its JVM");
    assertThatThrownBy(() -> codec.decodeFromWire(0, Buffer.buffer()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("a pending request does not enter from another JVM");
  }
}
