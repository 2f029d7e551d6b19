package io.sparkwire.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.sparkwire.message.PendingRequest;
import io.sparkwire.message.ReplyRetention;
import io.sparkwire.message.ServiceReply;
import io.sparkwire.message.TestSpec;
import io.sparkwire.tracing.OtlpReceiver;
import io.sparkwire.tracing.ReceivedSpan;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RequestTracesTest {

  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
  private static final String PARENT = "b7ad6b7169203331";
  private static final String SAMPLED = "traceparent: 00-" + TRACE + "-" + PARENT + "-01";
  private static final Duration TIMEOUT = Duration.ofSeconds(20);
  private static final Duration HOUR = Duration.ofHours(1);

  private final OtlpReceiver receiver = OtlpReceiver.open();
  private final Queue<String> seen = new ConcurrentLinkedQueue<>();
  private ServedNode node;

  @AfterEach
  void stop() {
    node.close();
    receiver.close();
  }

  private int open(TestSpec spec) {
    node = new ServedNode(1);
    return node.listeners.open(node.serve(spec.build(), this::reply));
  }

  private static TestSpec spec() {
    return TestSpec.of("s").path("/s").timeout(Duration.ofMillis(300)).maxBodyBytes(100);
  }

  /** Replies with the body, after as many attempts as it says; or not at all. */
  private void reply(PendingRequest request) {
    seen.add(String.valueOf(request.request().headers().get("traceparent")));
    String body = new String(request.request().body(), UTF_8);
    if (!body.equals("silence")) {
      int attempts = body.isEmpty() ? 1 : Integer.parseInt(body);
      for (int i = 0; i < attempts; i++) {
        request.taken();
      }
      request.answer(ServiceReply.ok("text/plain", request.request().body()));
    }
  }

  private RawHttp.Response post(int port, String body, String... fields) throws IOException {
    return new RetentionHttp(port).post("/s?key=secret", body, fields);
  }

  private ReceivedSpan only(String name) {
    await()
        .atMost(TIMEOUT)
        .until(() -> receiver.spans().stream().anyMatch(span -> span.name().equals(name)));
    List<ReceivedSpan> found =
        receiver.spans().stream().filter(span -> span.name().equals(name)).toList();
    assertThat(found).hasSize(1);
    return found.get(0);
  }

  @Test
  void aRequestBeginsATraceThatItsPipelineIsToldOf() throws IOException {
    assertThat(post(open(spec()), "1").status()).isEqualTo(200);

    ReceivedSpan request = only("POST /s");
    assertThat(request.parentId()).isEmpty();
    assertThat(request.attributes())
        .containsEntry("http.request.method", "POST")
        .containsEntry("http.route", "/s")
        .containsEntry("http.response.status_code", "200")
        .containsEntry("url.path", "/s")
        .containsEntry("url.scheme", "http")
        .containsEntry("network.protocol.version", "1.1")
        .containsEntry("sparkwire.service", "s")
        .doesNotContainKey("error.type");
    assertThat(request.attributes().get("sparkwire.request.id")).startsWith("n1-");
    assertThat(request.isError()).isFalse();
    ReceivedSpan pipeline = only("pipeline");
    assertThat(seen).containsExactly("00-" + request.traceId() + "-" + pipeline.spanId() + "-01");
    for (String part : List.of("queue", "pipeline", "reply")) {
      assertThat(only(part).parentId()).isEqualTo(request.spanId());
      assertThat(request.covers(only(part))).as(part).isTrue();
    }
    assertThat(receiver.spans()).hasSize(4);
  }

  @Test
  void whatIsPassedToAPipelineAgainIsAReplay() throws IOException {
    post(open(spec()), "3", SAMPLED);

    List<ReceivedSpan> all = receiver.await(TRACE, 6);
    ReceivedSpan pipeline = only("pipeline");
    List<ReceivedSpan> replays = all.stream().filter(span -> span.name().equals("replay")).toList();
    assertThat(replays).extracting(ReceivedSpan::parentId).containsOnly(pipeline.spanId());
    assertThat(replays)
        .extracting(span -> span.attributes().get("sparkwire.attempt"))
        .containsExactlyInAnyOrder("2", "3");
    assertThat(replays).allMatch(pipeline::covers);
  }

  @Test
  void aRequestWithoutAnswerIsAnError() throws IOException {
    assertThat(post(open(spec()), "silence", SAMPLED).status()).isEqualTo(504);

    receiver.await(TRACE, 2);
    ReceivedSpan request = only("POST /s");
    assertThat(request.isError()).isTrue();
    assertThat(request.attributes())
        .containsEntry("http.response.status_code", "504")
        .containsEntry("error.type", "deadline-exceeded");
    assertThat(request.parentId()).isEqualTo(PARENT);
  }

  @Test
  void aClientThatLeavesEndsItsSpan() throws IOException {
    int port = open(spec().timeout(HOUR));
    try (RawHttp http = new RawHttp(port)) {
      RetentionHttp.begin(http, "/s", "silence", SAMPLED);
      await().atMost(TIMEOUT).until(() -> node.exchanges.size() == 1 && !seen.isEmpty());
    }

    receiver.await(TRACE, 1);
    assertThat(only("POST /s").attributes())
        .containsEntry("error.type", "client-gone")
        .doesNotContainKey("http.response.status_code");
  }

  @Test
  void refusalsAndUnknownPathsHaveSpans() throws IOException {
    int port = open(spec());
    assertThat(post(port, "x".repeat(101), SAMPLED).status()).isEqualTo(413);
    assertThat(new RetentionHttp(port).get("/nothing").status()).isEqualTo(404);

    assertThat(only("POST /s").attributes())
        .containsEntry("error.type", "body-too-large")
        .containsEntry("http.response.status_code", "413")
        .containsEntry("sparkwire.service", "s");
    assertThat(only("GET").attributes())
        .containsEntry("error.type", "unknown-path")
        .doesNotContainKey("http.route");
    assertThat(receiver.spans()).hasSize(2);
  }

  @Test
  void nothingIsMadeOfWhatIsNotSampled() throws IOException {
    receiver.sampling("parentbased_traceidratio", "0");
    int port = open(spec());
    String unsampled = SAMPLED.replaceAll("01$", "00");
    post(port, "1");
    post(port, "1", unsampled, "tracestate: a=1");
    post(port, "1", "traceparent: nonsense");
    post(port, "1", SAMPLED);

    receiver.await(TRACE, 4);
    assertThat(receiver.spans()).hasSize(4);
    assertThat(seen)
        .startsWith("null", unsampled.substring(unsampled.indexOf(' ') + 1), "nonsense");
  }

  @Test
  void aSamplerThatIgnoresCallersTellsThePipelineSo() throws IOException {
    receiver.sampling("traceidratio", "0");
    post(open(spec()), "1", SAMPLED);

    assertThat(seen).containsExactly("00-" + TRACE + "-" + PARENT + "-00");
  }

  @Test
  void aKeptRequestIsPartOfTheTraceOfItsClient() throws IOException {
    int port = open(spec().retention(new ReplyRetention(HOUR, HOUR)));
    assertThat(post(port, "1", SAMPLED, "Idempotency-Key: k1").status()).isEqualTo(200);

    receiver.await(TRACE, 4);
    ReceivedSpan request = only("POST /s");
    assertThat(only("pipeline").parentId()).isEqualTo(request.spanId());
    assertThat(only("queue").parentId()).isEqualTo(request.spanId());
  }

  @Test
  void anHttp2RequestIsTracedToo() throws IOException {
    int port = open(spec());
    try (RawHttp2 http = node.connect2(port, 65_535)) {
      http.frame(
              RawHttp2.HEADERS,
              RawHttp2.END_HEADERS | RawHttp2.END_STREAM,
              1,
              RawHttp2.block(
                  ":method",
                  "POST",
                  ":scheme",
                  "http",
                  ":path",
                  "/s",
                  ":authority",
                  "test",
                  "traceparent",
                  SAMPLED.substring(SAMPLED.indexOf(' ') + 1)))
          .send();
      receiver.await(TRACE, 4);
    }

    assertThat(only("POST /s").attributes()).containsEntry("network.protocol.version", "2");
    assertThat(seen).containsExactly("00-" + TRACE + "-" + only("pipeline").spanId() + "-01");
  }

  @Test
  void whatTheSettingsSayOfANodeWins() throws IOException {
    receiver.describing("service.name=orders,deployment=blue");
    post(open(spec()), "1");

    assertThat(only("POST /s").resource())
        .containsEntry("service.name", "orders")
        .containsEntry("deployment", "blue")
        .containsEntry("service.instance.id", "n1")
        .containsKey("service.version");
  }

  @Test
  void aNodeThatStopsSendsWhatItHas() throws IOException {
    receiver.lazily();
    int port = open(spec());
    post(port, "1", SAMPLED);
    post(port, "1"); // the only event loop is through with the first one then
    assertThat(receiver.spans()).isEmpty();
    node.close();

    receiver.await(TRACE, 4);
  }

  @Test
  void noReceiverHarmsNoRequest() throws IOException {
    receiver.elsewhere();
    int port = open(spec());
    for (int i = 0; i < 5; i++) {
      assertThat(post(port, "1", SAMPLED).status()).isEqualTo(200);
    }
  }

  @Test
  void aWrongSettingStopsTheStart() throws IOException {
    open(spec());
    receiver.sampling("sometimes", "1");

    assertThatThrownBy(() -> new ServedNode(1))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("sometimes");
  }

  @Test
  void theOptionTurnsTracesOff() {
    node = new ServedNode(Map.of("tracing", "off"));
    assertThat(node.observers.tracing()).isEmpty();
  }
}
