package io.sparkwire.httpclient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;
import static org.awaitility.Awaitility.await;

import io.sparkwire.cluster.Role;
import io.sparkwire.cluster.TestCluster;
import io.sparkwire.history.HistoryMode;
import io.sparkwire.http.Gateway;
import io.sparkwire.intake.NodeDuties;
import io.sparkwire.node.ServingNode;
import io.sparkwire.spark.Serving;
import io.sparkwire.spark.ServingQuery;
import io.sparkwire.spark.TestSpark;
import io.sparkwire.tracing.OtlpReceiver;
import io.sparkwire.tracing.ReceivedSpan;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The trace of a request that a gateway takes, a worker computes, and another service helps. */
@Timeout(120)
class TracedCallsTest {

  private static final long CALL_MILLIS = 400;
  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
  private static final String WARM_UP = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final String CLIENT = "b7ad6b7169203331";
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Queue<String> passedOn = new ConcurrentLinkedQueue<>();

  private ServingQuery served(TestService service) {
    SimpleHttpTransformer calls =
        new SimpleHttpTransformer()
            .setInputCol("value")
            .setOutputCol("answer")
            .setUrl(service.url() + "help?key=secret")
            .setOutputParser(new JsonOutputParser().setDataType("BIGINT"));
    return Serving.on(TestSpark.session())
        .server("127.0.0.1", 0, "traced")
        .option("partitions", 1)
        .load()
        .parseRequest("value BIGINT NOT NULL")
        .mlTransform(calls)
        .makeReply("answer")
        .replyTo("traced")
        .start();
  }

  private TestService service() {
    return TestService.slow(
        CALL_MILLIS,
        request -> {
          passedOn.add(request.getHeader("traceparent") + " " + request.getHeader("tracestate"));
          request.body().onSuccess(request.response()::end);
        });
  }

  private String ask(int port, String traceparent) throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/traced"))
            .header("Content-Type", "application/json")
            .header("traceparent", traceparent)
            .header("tracestate", "other=1")
            .POST(HttpRequest.BodyPublishers.ofString("{\"value\":7}"));
    HttpResponse<String> reply = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    return reply.statusCode() + " " + reply.body();
  }

  @Test
  void aTraceOfGatewayWorkerAndCallHasTheRightParentsAndTimesThatAddUp() throws Exception {
    try (TestCluster cluster = new TestCluster();
        OtlpReceiver receiver = OtlpReceiver.open();
        TestService service = service()) {
      Gateway gateway = Gateway.start(cluster.start("g1", Role.GATEWAY), "127.0.0.1", 0);
      ServingNode worker =
          ServingNode.start(cluster.start("w1", Role.WORKER), HistoryMode.ASYNC, NodeDuties.WHOLE);
      try (ServingQuery query = served(service)) {
        assertThat(query.url()).endsWith("/traced");
        nothingIsMadeOfWhatTheClientDoesNotSample(gateway.port(), receiver);
        spansMatchWhatTheClientSees(gateway.port(), receiver);
      } finally {
        worker.leave();
      }
    }
  }

  private void nothingIsMadeOfWhatTheClientDoesNotSample(int port, OtlpReceiver receiver) {
    String unsampled = "00-" + TRACE + "-" + CLIENT + "-00";
    await().atMost(LIMIT).until(() -> ask(port, unsampled).equals("200 {\"answer\":7}"));
    assertThat(passedOn).last().isEqualTo(unsampled + " other=1");
    assertThat(receiver.spans()).noneMatch(span -> span.traceId().equals(TRACE));
  }

  private void spansMatchWhatTheClientSees(int port, OtlpReceiver receiver) throws Exception {
    for (int i = 0; i < 3; i++) { // the first ones load the classes of spans
      ask(port, "00-" + WARM_UP + "-" + CLIENT + "-01");
    }
    long began = System.nanoTime();
    assertThat(ask(port, "00-" + TRACE + "-" + CLIENT + "-01")).startsWith("200");
    long wall = System.nanoTime() - began;

    List<ReceivedSpan> spans = receiver.await(TRACE, 6);
    assertThat(spans).hasSize(6);
    checkParents(spans);
    checkTimes(spans, wall);
    assertThat(passedOn)
        .last()
        .isEqualTo("00-" + TRACE + "-" + named(spans, "POST").spanId() + "-01 other=1");
  }

  private static ReceivedSpan named(List<ReceivedSpan> spans, String name) {
    return spans.stream()
        .collect(Collectors.toMap(ReceivedSpan::name, Function.identity()))
        .get(name);
  }

  private static void checkParents(List<ReceivedSpan> spans) {
    ReceivedSpan request = named(spans, "POST /traced");
    ReceivedSpan handOff = named(spans, "hand-off");
    ReceivedSpan pipeline = named(spans, "pipeline");
    assertThat(request.parentId()).isEqualTo(CLIENT);
    assertThat(request.kind()).isEqualTo("SERVER");
    assertThat(request.resource()).containsEntry("service.instance.id", "g1");
    assertThat(request.resource()).containsEntry("sparkwire.node.role", "gateway");
    assertThat(handOff.parentId()).isEqualTo(request.spanId());
    assertThat(handOff.attributes()).containsEntry("sparkwire.worker", "w1");
    assertThat(named(spans, "reply").parentId()).isEqualTo(request.spanId());
    assertThat(named(spans, "queue").parentId()).isEqualTo(handOff.spanId());
    assertThat(pipeline.parentId()).isEqualTo(handOff.spanId());
    assertThat(pipeline.resource()).containsEntry("service.instance.id", "w1");
    ReceivedSpan call = named(spans, "POST");
    assertThat(call.parentId()).isEqualTo(pipeline.spanId());
    assertThat(call.kind()).isEqualTo("CLIENT");
    assertThat(call.attributes())
        .containsEntry("http.response.status_code", "200")
        .containsEntry("http.response.body.size", "1");
    assertThat(call.attributes().get("url.full")).endsWith("/help");
  }

  private static void checkTimes(List<ReceivedSpan> spans, long wall) {
    ReceivedSpan request = named(spans, "POST /traced");
    ReceivedSpan pipeline = named(spans, "pipeline");
    long parts = named(spans, "queue").nanos() + pipeline.nanos() + named(spans, "reply").nanos();
    assertThat(request.nanos()).isCloseTo(wall, withinPercentage(10));
    assertThat(parts).isCloseTo(wall, withinPercentage(10));
    assertThat(pipeline.covers(named(spans, "POST"))).isTrue();
    assertThat(named(spans, "POST").nanos()).isGreaterThanOrEqualTo(CALL_MILLIS * 1_000_000);
    assertThat(request.covers(named(spans, "hand-off"))).isTrue();
  }
}
