package io.sparkwire.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sparkwire.exchange.Service;
import io.sparkwire.message.FailureCode;
import io.sparkwire.message.ServiceFailure;
import io.sparkwire.message.ServiceReply;
import io.sparkwire.message.TestSpec;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Refusals for lack of room, over real sockets. */
class OverloadTest {

  private static final int ROOM = 8;

  private final ServedNode node = new ServedNode(1);
  private Service service;
  private int port;

  @AfterEach
  void stop() {
    node.close();
  }

  private void serve(String... responses) {
    service =
        node.silence(
            TestSpec.of("s")
                .maxInFlight(ROOM)
                .timeout(Duration.ofSeconds(40))
                .responses(responses)
                .build());
    port = node.listeners.open(service);
  }

  private void fill() throws IOException {
    int free = ROOM - service.inFlight();
    for (int i = 0; i < free; i++) {
      node.connect(port).post("/s", "hello");
    }
    await().atMost(Duration.ofSeconds(20)).until(() -> service.inFlight() == ROOM);
  }

  private RawHttp.Response refused() throws IOException {
    try (RawHttp http = new RawHttp(port)) {
      return http.post("/s", "hello").receive();
    }
  }

  private static void isRefused(RawHttp.Response response, int status) {
    assertThat(response.status()).isEqualTo(status);
    JsonObject problem = new JsonObject(response.body());
    assertThat(problem.getString("type")).isEqualTo("urn:sparkwire:problem:overloaded");
    assertThat(problem.getInteger("status")).isEqualTo(status);
    assertThat(response.headers()).containsKey("retry-after");
  }

  @ParameterizedTest
  @ValueSource(ints = {503, 429})
  void aRefusalHasTheStatusThatTheServicePrefers(int status) throws Exception {
    serve("overload-status", "" + status);
    fill();

    isRefused(refused(), status);
    isRefused(refused(), status);
    assertThat(service.counts().refused()).isEqualTo(2);
  }

  @Test
  void soHasARefusalOfTheIntake() throws Exception {
    serve("overload-status", "429");
    RawHttp client = node.connect(port).post("/s", "hello");
    await().atMost(Duration.ofSeconds(20)).until(() -> !node.taken.isEmpty());
    node.taken
        .remove()
        .answer(ServiceFailure.of(FailureCode.OVERLOADED, "the intake of 's' is full").toReply());

    isRefused(client.receive(), 429);
  }

  @Test
  void aServiceThatStopsIsUnavailableWhateverItPrefers() throws Exception {
    serve("overload-status", "429");
    service.stopAdmitting();
    RawHttp.Response response = refused();

    assertThat(response.status()).isEqualTo(503);
    assertThat(response.body()).contains("urn:sparkwire:problem:unavailable");
  }

  /** Two requests a second get a reply, and 8 are there: 4 seconds, or more on a slow machine. */
  @Test
  void retryAfterFollowsTheQueueAndTheRateOfReplies() throws Exception {
    serve();
    fill();
    assertThat(refused().headers()).containsEntry("retry-after", "1");
    await()
        .atMost(Duration.ofSeconds(20))
        .pollInterval(Duration.ofMillis(500))
        .until(
            () -> {
              answerOne();
              fill();
              return refused().headers().get("retry-after").matches("[4-9]");
            });
  }

  private void answerOne() {
    await().atMost(Duration.ofSeconds(20)).until(() -> !node.taken.isEmpty());
    node.taken.remove().answer(ServiceReply.ok("text/plain", "hello".getBytes(UTF_8)));
    await().atMost(Duration.ofSeconds(20)).until(() -> service.inFlight() == ROOM - 1);
  }

  @Test
  void withoutAnyReplyTheDeadlineIsTheTimeToRetry() throws Exception {
    serve();
    fill();
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> refused().headers().get("retry-after").equals("40"));
  }
}
