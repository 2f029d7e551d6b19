package io.sparkwire.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkwire.cluster.Node;
import io.sparkwire.cluster.NodeOptions;
import io.sparkwire.exchange.Exchanges;
import io.sparkwire.message.ListenAddress;
import io.sparkwire.message.NodeId;
import io.sparkwire.message.ServiceReply;
import io.sparkwire.message.ServiceRequest;
import io.sparkwire.message.ServiceSpec;
import io.sparkwire.message.TestSpec;
import io.sparkwire.message.WarmUpRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WarmUpTest {

  private static final ServiceSpec SPEC =
      TestSpec.of("s")
          .path("/s/:kind")
          .methods(Set.of("PUT"))
          .build()
          .at(new ListenAddress("192.0.2.1", 8888));
  private static final WarmUpRequest SAMPLE =
      new WarmUpRequest("text/x-sample", "sample".getBytes(StandardCharsets.UTF_8));

  private final Node node = Node.embedded(new NodeId("n1"), new NodeOptions(1));
  private final Exchanges exchanges = new Exchanges(node.id(), System::nanoTime);
  private final WarmUp warmUp = new WarmUp(node, exchanges);

  @AfterEach
  void stop() {
    node.vertx().close().await();
  }

  private static ServiceReply reply(int status) {
    byte[] body = "why".getBytes(StandardCharsets.UTF_8);
    return new ServiceReply(status, "text/plain", List.of(), body);
  }

  @Test
  void theSampleComesManyTimesAsAClientWouldSendIt() {
    AtomicInteger times = new AtomicInteger();
    AtomicReference<ServiceRequest> last = new AtomicReference<>();
    warmUp.run(
        SPEC,
        exchange -> {
          times.incrementAndGet();
          last.set(exchange.request());
          exchange.answer(reply(200));
        },
        SAMPLE);

    assertThat(times.get()).isGreaterThan(100);
    assertThat(last.get().method()).isEqualTo("PUT");
    assertThat(last.get().uri()).isEqualTo("/s/kind");
    assertThat(last.get().headers().get("Content-Type")).isEqualTo("text/x-sample");
    assertThat(last.get().body()).asString(StandardCharsets.UTF_8).isEqualTo("sample");
    assertThat(exchanges.size()).isZero();
  }

  @Test
  void aSampleThatFailsSaysWhy() {
    AtomicInteger times = new AtomicInteger();
    assertThatThrownBy(
            () ->
                warmUp.run(
                    SPEC,
                    exchange -> {
                      times.incrementAndGet();
                      exchange.answer(reply(422));
                    },
                    SAMPLE))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the warm-up request got status 422: why");
    assertThat(times).hasValue(1);
  }
}
