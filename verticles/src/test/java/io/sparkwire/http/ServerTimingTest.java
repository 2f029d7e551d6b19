package io.sparkwire.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sparkwire.message.PendingRequest;
import io.sparkwire.message.ReplyRetention;
import io.sparkwire.message.ServiceReply;
import io.sparkwire.message.TestSpec;
import io.vertx.core.Vertx;
import java.net.http.HttpClient.Version;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The header field Server-Timing, over real sockets. */
class ServerTimingTest {

  private static final byte[] HELLO = "hello".getBytes(UTF_8);
  private static final long QUEUE_MILLIS = 60;
  private static final long PIPELINE_MILLIS = 120;

  private final ServedNode node = new ServedNode(1);
  private int port;

  @AfterEach
  void stop() {
    node.close();
  }

  /** The service takes a request after a while, and replies after another. */
  private void serve(TestSpec spec) {
    port = node.listeners.open(node.serve(spec.build(), this::takeLater));
  }

  private void takeLater(PendingRequest request) {
    Vertx vertx = node.node.vertx();
    vertx.setTimer(
        QUEUE_MILLIS,
        queued -> {
          request.taken();
          vertx.setTimer(
              PIPELINE_MILLIS, done -> request.answer(ServiceReply.ok("text/plain", HELLO)));
        });
  }

  private static Map<String, Double> times(HttpResponse<byte[]> response) {
    String field = response.headers().firstValue("server-timing").orElseThrow();
    assertThat(field).matches("(\\w+;dur=\\d+\\.\\d{3})(, \\w+;dur=\\d+\\.\\d{3})*");
    return Arrays.stream(field.split(", "))
        .map(part -> part.split(";dur="))
        .collect(Collectors.toMap(part -> part[0], part -> Double.valueOf(part[1])));
  }

  @ParameterizedTest
  @EnumSource(Version.class)
  void aServiceMaySayHowLongEachPartTook(Version version) throws Exception {
    serve(TestSpec.of("s").responses("server-timing", "on"));
    Map<String, Double> times = times(new ClientCalls(port, version).post("/s", HELLO));

    assertThat(times).containsOnlyKeys("queue", "pipeline", "reply", "total");
    assertThat(times.get("queue")).isGreaterThanOrEqualTo(QUEUE_MILLIS - 2);
    assertThat(times.get("pipeline")).isGreaterThanOrEqualTo(PIPELINE_MILLIS - 2);
    assertThat(times.get("total"))
        .isGreaterThan(times.get("queue") + times.get("pipeline") + times.get("reply") - 1);
  }

  @Test
  void aRequestThatNobodyTakesHasNoTimeInThePipeline() throws Exception {
    port =
        node.listeners.open(
            node.silence(
                TestSpec.of("s")
                    .timeout(Duration.ofMillis(50))
                    .responses("server-timing", "on")
                    .build()));
    HttpResponse<byte[]> late = new ClientCalls(port, Version.HTTP_1_1).post("/s", HELLO);

    assertThat(late.statusCode()).isEqualTo(504);
    assertThat(times(late)).containsOnlyKeys("reply", "total");
  }

  @Test
  void ofAKeptReplyOnlyTheTotalTimeIsSaid() throws Exception {
    serve(
        TestSpec.of("s")
            .retention(new ReplyRetention(Duration.ofHours(1), Duration.ZERO))
            .responses("server-timing", "on"));
    ClientCalls client = new ClientCalls(port, Version.HTTP_1_1);
    for (int i = 0; i < 2; i++) {
      HttpResponse<byte[]> kept = client.post("/s", HELLO, "Idempotency-Key", "\"k\"");
      assertThat(times(kept)).containsOnlyKeys("reply", "total");
    }
  }

  @Test
  void byDefaultNothingIsSaid() throws Exception {
    serve(TestSpec.of("s"));
    HttpResponse<byte[]> reply = new ClientCalls(port, Version.HTTP_1_1).post("/s", HELLO);

    assertThat(reply.headers().map()).doesNotContainKey("server-timing");
  }
}
