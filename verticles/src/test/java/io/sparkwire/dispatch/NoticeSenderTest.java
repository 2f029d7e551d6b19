package io.sparkwire.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sparkwire.dispatch.Notice.Kind;
import io.sparkwire.exchange.LoopHarness;
import io.sparkwire.message.Addresses;
import io.sparkwire.message.NodeId;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PostTest {

  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final NodeId SELF = new NodeId("w1");
  private static final NodeId OTHER = new NodeId("n1");

  private final LoopHarness loop = new LoopHarness();
  private final EventBus bus =
      loop.context().owner().eventBus().registerCodec(new NoticeBatchCodec());
  private final List<String> heard = new CopyOnWriteArrayList<>();
  private final NoticeSender sender = new NoticeSender(SELF, loop.context());

  @AfterEach
  void stop() {
    loop.close();
  }

  private void heard(Message<NoticeBatch> message) {
    heard.add(message.body().from() + " " + message.body().list().size());
  }

  @Test
  void manyNoticesTravelInOneMessage() {
    bus.consumer(Addresses.replies(OTHER), this::heard);
    loop.runOnLoop(
        () -> {
          sender.send(OTHER, Notice.of(Kind.ACCEPTED, 7));
          sender.send(OTHER, Notice.of(Kind.FULL, 8));
        });

    await().atMost(TIMEOUT).until(() -> !heard.isEmpty());
    assertThat(heard).containsExactly("w1 2");
  }

  @Test
  void whatDoesNotArriveIsSentAgain() {
    sender.send(OTHER, Notice.of(Kind.ACCEPTED, 7));
    loop.runOnLoop(() -> {}); // by now sending has failed
    bus.consumer(Addresses.replies(OTHER), this::heard);

    await().atMost(TIMEOUT).until(() -> !heard.isEmpty());
    assertThat(heard).containsExactly("w1 1");
  }
}
