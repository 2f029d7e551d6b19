package io.sparkwire.admin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sparkwire.cluster.Node;
import io.sparkwire.cluster.NodeOptions;
import io.sparkwire.exchange.ServiceCounter;
import io.sparkwire.message.NodeId;
import io.sparkwire.message.ServiceReply;
import io.sparkwire.message.TestSpec;
import io.sparkwire.metrics.Metric;
import io.sparkwire.metrics.NodeMetrics;
import io.sparkwire.metrics.ServiceMetrics;
import io.sparkwire.metrics.StatusMetrics;
import io.sparkwire.observers.NodeObservers;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MetricsPageTest {

  private static final Path DOCUMENTED = Path.of("..", "docs", "metrics.md");

  private final Node node = Node.embedded(new NodeId("n1"), new NodeOptions(1));
  private final NodeObservers observers = NodeObservers.start(node);
  private final NodeMetrics metrics = observers.metrics().orElseThrow();

  @AfterEach
  void stop() {
    node.stop().await();
  }

  private HttpResponse<String> get(String accept) throws IOException, InterruptedException {
    AdminServer admin =
        AdminServer.start(
            node, new AdminOptions("127.0.0.1", 0), () -> true, List.of(MetricsRoute.of(metrics)));
    URI uri = URI.create("http://127.0.0.1:" + admin.port() + "/metrics");
    HttpRequest request = HttpRequest.newBuilder(uri).header("Accept", accept).build();
    return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void theFormatIsTheOneThatIsAskedFor() throws Exception {
    HttpResponse<String> text = get("text/plain;version=0.0.4");
    HttpResponse<String> openMetrics = get("application/openmetrics-text;version=1.0.0");

    assertThat(text.headers().firstValue("Content-Type"))
        .hasValue("text/plain; version=0.0.4; charset=utf-8");
    assertThat(openMetrics.headers().firstValue("Content-Type").orElseThrow())
        .startsWith("application/openmetrics-text; version=1.0.0");
    assertThat(openMetrics.body()).endsWith("# EOF\n");
    for (HttpResponse<String> page : List.of(text, openMetrics)) {
      assertThat(page.statusCode()).isEqualTo(200);
      assertThat(page.body())
          .contains("sparkwire_node_info{node=\"n1\"} 1")
          .contains("sparkwire_build_info{version=\"")
          .contains("jvm_memory_used_bytes{area=\"heap\"}")
          .contains("process_open_fds ");
    }
  }

  @Test
  void aNodeThatKeepsNoneHasNoPageOfThem() throws Exception {
    Node without =
        Node.embedded(new NodeId("n2"), new NodeOptions(1).with(Map.of("metrics", "off")));
    try {
      assertThat(NodeObservers.start(without).metrics()).isEmpty();
    } finally {
      without.stop().await();
    }
  }

  /** Something of each kind has happened to one service. */
  private void useAll() {
    metrics.add(
        new StatusMetrics(
            () ->
                new JsonObject(
                    """
                    {"repliesToOthers": 1,
                     "connections": {"open": 1, "refused": 2, "timedOut": 3, "madeRoom": 4,
                       "unfinished": 5, "unreadBytes": 6},
                     "services": [{"name": "s", "inFlight": 1, "maxInFlight": 2, "queued": 3,
                       "readers": 4, "epoch": 5}]}
                    """)));
    ServiceMetrics service = (ServiceMetrics) metrics.of(TestSpec.of("s").build());
    ServiceReply reply = ServiceReply.ok("text/plain", new byte[0]);
    service.refused(null, reply);
    metrics.unserved(null, reply);
    service.counted(ServiceCounter.LATE_ANSWERS);
    service.restarted("java.io.IOException", "gone");
    service.epochBegan("q", 0, 1);
    service.epochEnded("q", 0, 1, true);
    service.epochBegan("q", 0, 2);
    metrics.calls().answered(200, 1_000);
    metrics.calls().failed("CallTimeoutException", 1_000);
  }

  private Set<String> families() {
    return new String(metrics.page(null).body(), UTF_8)
        .lines()
        .filter(line -> line.startsWith("# TYPE sparkwire_"))
        .map(line -> line.substring("# TYPE ".length()))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void thePageHasEachMetricOfTheListAndNoOther() {
    useAll();
    Set<String> listed =
        Arrays.stream(Metric.values())
            .filter(metric -> !metric.name().startsWith("HISTORY")) // what has readers adds them
            .filter(metric -> metric != Metric.LOG_ENTRIES_DROPPED) // and each log this one
            .map(metric -> metric.key() + " " + type(metric))
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(families()).isEqualTo(listed);
  }

  /** The text format knows no infos. */
  private static String type(Metric metric) {
    return metric.kind() == Metric.Kind.INFO
        ? "gauge"
        : metric.kind().name().toLowerCase(Locale.ROOT);
  }

  @Test
  void theTableInTheDocumentationIsTheList() throws IOException {
    List<String> rows =
        Files.readAllLines(DOCUMENTED).stream()
            .filter(line -> line.startsWith("| `sparkwire_"))
            .toList();
    assertThat(rows)
        .containsExactlyElementsOf(
            Arrays.stream(Metric.values()).map(MetricsPageTest::row).toList());
  }

  private static String row(Metric metric) {
    return "| `%s` | %s | %s | %s |"
        .formatted(
            metric.key(),
            metric.kind().name().toLowerCase(Locale.ROOT),
            metric.labels().stream()
                .map(label -> "`" + label + "`")
                .collect(Collectors.joining(", ")),
            metric.help());
  }

  @Test
  void theGapBetweenEpochsIsMeasuredForTheSameReader() {
    ServiceMetrics service = metrics.service("s");
    service.epochBegan("q", 0, 1);
    service.epochBegan("q", 1, 1);
    service.epochEnded("q", 0, 1, true);
    service.epochEnded("q", 1, 1, false);
    service.epochBegan("q", 0, 2);
    service.epochBegan("other", 1, 2);

    assertThat(new String(metrics.page(null).body(), UTF_8))
        .contains("sparkwire_epoch_gap_seconds_count{service=\"s\"} 1\n")
        .contains("sparkwire_epoch_shares_total{result=\"succeeded\",service=\"s\"} 1.0")
        .contains("sparkwire_epoch_shares_total{result=\"failed\",service=\"s\"} 1.0");
  }
}
