package io.sparkwire.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sparkwire.exchange.Service;
import io.sparkwire.message.FailureCode;
import io.sparkwire.message.PendingRequest;
import io.sparkwire.message.ServiceReply;
import io.sparkwire.message.TestSpec;
import io.sparkwire.metrics.ResponseKind;
import io.sparkwire.metrics.ServiceMetrics;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ServiceMetricsTest {

  private final ServedNode node = new ServedNode(1);

  @AfterEach
  void stop() {
    node.close();
  }

  private ServiceMetrics metrics() {
    return node.observers.metrics().orElseThrow().service("s");
  }

  private int open(TestSpec spec) {
    return node.listeners.open(node.serve(spec.build(), ServiceMetricsTest::reply));
  }

  /** Replies with the body; does not reply to one that says so. */
  private static void reply(PendingRequest request) {
    if (!new String(request.request().body(), UTF_8).contains("silence")) {
      request.taken();
      request.answer(ServiceReply.ok("text/plain", request.request().body()));
    }
  }

  @Test
  void everyResponseIsCountedBeforeItsClientHasIt() throws IOException {
    int port = open(TestSpec.of("s").path("/s").timeout(Duration.ofMillis(200)).maxBodyBytes(100));
    try (RawHttp http = new RawHttp(port)) {
      for (int i = 1; i <= 5; i++) {
        assertThat(http.post("/s", "{}").receive().status()).isEqualTo(200);
        assertThat(metrics().read().requests())
            .containsEntry(new ResponseKind("", 2, null), 0L + i);
      }
      assertThat(http.post("/s", "silence").receive().status()).isEqualTo(504);
      assertThat(http.post("/nothing", "{}").receive().status()).isEqualTo(404);
    }
    try (RawHttp http = new RawHttp(port)) { // the last one on its connection
      assertThat(http.post("/s", "x".repeat(101)).receive().status()).isEqualTo(413);
    }

    assertThat(metrics().read().requests())
        .isEqualTo(
            Map.of(
                new ResponseKind("", 2, null), 5L,
                new ResponseKind("", 5, FailureCode.DEADLINE_EXCEEDED), 1L,
                new ResponseKind("", 4, FailureCode.BODY_TOO_LARGE), 1L));
    assertThat(page())
        .contains("sparkwire_requests_unserved_total{failure=\"unknown-path\",status=\"4xx\"} 1.0");
  }

  private String page() {
    return new String(node.observers.metrics().orElseThrow().page(null).body(), UTF_8);
  }

  @Test
  void aRefusalForLackOfRoomIsCounted() throws IOException {
    int port = open(TestSpec.of("s").path("/s").maxInFlight(1));
    try (RawHttp waits = new RawHttp(port);
        RawHttp refused = new RawHttp(port)) {
      waits.post("/s", "silence");
      await().until(() -> node.exchanges.size() == 1);
      assertThat(refused.post("/s", "{}").receive().status()).isEqualTo(503);
    }

    assertThat(metrics().read().requests())
        .isEqualTo(Map.of(new ResponseKind("", 5, FailureCode.OVERLOADED), 1L));
    await()
        .untilAsserted(
            () ->
                assertThat(page())
                    .contains("sparkwire_requests_abandoned_total{service=\"s\"} 1.0"));
  }

  @Test
  void theTimesOfARequestAreItsParts() throws IOException {
    int port = open(TestSpec.of("s").path("/s"));
    try (RawHttp http = new RawHttp(port)) {
      for (int i = 0; i < 20; i++) {
        http.post("/s", "{}").receive();
      }
    }
    ServiceMetrics.Reading read = metrics().read();

    assertThat(read.total().getTotalCount()).isEqualTo(20);
    assertThat(read.queue().getTotalCount()).isEqualTo(20);
    assertThat(read.pipeline().getTotalCount()).isEqualTo(20);
    assertThat(read.reply().getTotalCount()).isEqualTo(20);
    double parts = read.queue().getMean() + read.pipeline().getMean() + read.reply().getMean();
    assertThat(parts).isLessThanOrEqualTo(read.total().getMean() + 3); // each is a rounded number
  }

  @Test
  void aServiceThatIsOpenedAgainCountsOn() throws IOException {
    Service first = node.echo(TestSpec.of("s").path("/s").build());
    try (RawHttp http = new RawHttp(node.listeners.open(first))) {
      http.post("/s", "{}").receive();
    }
    node.listeners.close(first);
    Service second = node.exchanges.service(first.spec());
    try (RawHttp http = new RawHttp(node.listeners.open(second))) {
      http.post("/s", "{}").receive();
    }

    assertThat(metrics().read().requests()).isEqualTo(Map.of(new ResponseKind("", 2, null), 2L));
  }
}
