package io.sparkwire.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sparkwire.exchange.LoopHarness;
import io.sparkwire.message.Addresses;
import io.sparkwire.message.FakePendingRequest;
import io.sparkwire.message.NodeId;
import io.vertx.core.eventbus.EventBus;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HandOffPostTest {

  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final NodeId WORKER = new NodeId("w1");

  private final LoopHarness loop = new LoopHarness();
  private final EventBus bus = loop.context().owner().eventBus();
  private final List<String> unreached = new CopyOnWriteArrayList<>();
  private final HandOffSender sender =
      new HandOffSender(
          loop.context(), (worker, handOff) -> unreached.add(worker + " " + number(handOff)));

  @BeforeEach
  void begin() {
    bus.registerCodec(new HandOffBatchCodec());
  }

  @AfterEach
  void stop() {
    loop.close();
  }

  private static long number(HandOffMessage handOff) {
    return handOff.request().id().sequence();
  }

  private void send(long... numbers) {
    loop.runOnLoop(
        () ->
            LongStream.of(numbers)
                .mapToObj(number -> FakePendingRequest.number(number).request())
                .forEach(request -> sender.send(WORKER, new HandOffMessage(request, 1_000))));
  }

  @Test
  void manyRequestsTravelInOneMessage() {
    List<List<Long>> arrived = new CopyOnWriteArrayList<>();
    bus.<HandOffBatch>consumer(
        Addresses.handOffs(WORKER),
        message ->
            arrived.add(message.body().list().stream().map(HandOffPostTest::number).toList()));
    send(7, 8, 9);

    await().atMost(TIMEOUT).until(() -> !arrived.isEmpty());
    assertThat(arrived).containsExactly(List.of(7L, 8L, 9L));
    assertThat(unreached).isEmpty();
  }

  @Test
  void whatAWorkerDoesNotReadInTimeGoesToAnother() {
    bus.<HandOffBatch>consumer(Addresses.handOffs(WORKER), message -> {});
    byte[] half = new byte[(int) (HandOffSender.MOST_WAITING / 2)];
    loop.runOnLoop(
        () ->
            LongStream.of(1, 2, 3)
                .mapToObj(number -> FakePendingRequest.with(number, half).request())
                .forEach(request -> sender.send(WORKER, new HandOffMessage(request, 1_000))));
    assertThat(unreached).containsExactly("w1 3");

    await()
        .atMost(TIMEOUT)
        .untilAsserted(
            () -> {
              int before = unreached.size();
              send(4);
              assertThat(unreached).as("once the others have left").hasSize(before);
            });
  }

  @Test
  void aMessageThatDoesNotArriveIsReportedForEachRequestInIt() {
    send(7, 8, 9);

    await().atMost(TIMEOUT).until(() -> unreached.size() >= 3);
    assertThat(unreached).containsExactly("w1 7", "w1 8", "w1 9");
  }
}
