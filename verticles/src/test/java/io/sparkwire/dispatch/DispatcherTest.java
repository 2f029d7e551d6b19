package io.sparkwire.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkwire.protocol.FakePendingRequest;
import io.sparkwire.protocol.NodeId;
import io.sparkwire.protocol.PendingRequest;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DispatcherTest {

  private final Vertx vertx =
      Vertx.vertx(new VertxOptions().setUseDaemonThread(true).setEventLoopPoolSize(1));
  private final Dispatcher dispatcher = new Dispatcher(vertx.eventBus(), new NodeId("n1"));
  private final BlockingQueue<PendingRequest> taken = new LinkedBlockingQueue<>();

  @AfterEach
  void stop() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  private PendingRequest nextTaken() throws InterruptedException {
    return taken.poll(10, TimeUnit.SECONDS);
  }

  @Test
  void theVerySameRequestArrives() throws Exception {
    dispatcher.take("s", taken::add);
    PendingRequest request = FakePendingRequest.number(7);
    dispatcher.handOff(dispatcher.localIntake("s"), request);

    assertThat(nextTaken()).isSameAs(request);
  }

  @Test
  void requestsArriveInTheirOrderOnAnEventLoop() throws Exception {
    BlockingQueue<Boolean> onEventLoop = new LinkedBlockingQueue<>();
    dispatcher.take(
        "s",
        request -> {
          onEventLoop.add(Context.isOnEventLoopThread());
          taken.add(request);
        });
    for (int i = 0; i < 100; i++) {
      dispatcher.handOff(dispatcher.localIntake("s"), FakePendingRequest.number(i));
    }

    for (int i = 0; i < 100; i++) {
      assertThat(nextTaken().request().id().sequence()).isEqualTo(i);
    }
    assertThat(onEventLoop).hasSize(100).containsOnly(true);
  }

  @Test
  void eachServiceHasItsOwnIntake() throws Exception {
    BlockingQueue<PendingRequest> others = new LinkedBlockingQueue<>();
    dispatcher.take("s", taken::add);
    dispatcher.take("t", others::add);
    dispatcher.handOff(dispatcher.localIntake("s"), FakePendingRequest.number(1));
    dispatcher.handOff(dispatcher.localIntake("t"), FakePendingRequest.number(2));

    assertThat(nextTaken().request().id().sequence()).isEqualTo(1);
    assertThat(others.poll(10, TimeUnit.SECONDS).request().id().sequence()).isEqualTo(2);
    assertThat(taken).isEmpty();
  }

  @Test
  void anIntakeHasTheAddressOfItsServiceAndNode() {
    assertThat(dispatcher.localIntake("my_api")).isEqualTo("sparkwire.intake.my_api.n1");
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
