package io.sparkwire.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkwire.cluster.Node;
import io.sparkwire.cluster.NodeOptions;
import io.sparkwire.exchange.ExchangeObserver;
import io.sparkwire.exchange.ServiceObserver;
import io.sparkwire.message.Addresses;
import io.sparkwire.message.FailureCode;
import io.sparkwire.message.NodeId;
import io.sparkwire.message.TestSpec;
import io.sparkwire.metrics.ResponseKind;
import io.sparkwire.metrics.ServiceMetrics;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NodeFeedTest {

  private final Node node = Node.embedded(new NodeId("n1"), new NodeOptions(1));
  private long now = 1_000;
  private final InstantSource clock = () -> Instant.ofEpochMilli(now);
  private final NodeFeed feed = new NodeFeed(clock);
  private final ServiceObserver service = feed.of(TestSpec.of("s").build());
  private Map<String, ServiceMetrics.Reading> readings = Map.of();

  @BeforeEach
  void publish() {
    feed.publish(node, () -> readings);
  }

  @AfterEach
  void stop() {
    node.stop().await();
  }

  private JsonObject ask(JsonObject cursors) {
    return node.vertx()
        .eventBus()
        .<JsonObject>request(Addresses.feed(node.id()), cursors)
        .await()
        .body();
  }

  private static JsonObject only(JsonObject answer) {
    JsonArray events = answer.getJsonArray("events");
    assertThat(events).hasSize(1);
    return events.getJsonObject(0);
  }

  @Test
  void eachEventIsToldOnce() {
    service.quarantined("n1-7", 2, "java.lang.IllegalStateException: <b>no</b>");
    JsonObject first = ask(new JsonObject());
    JsonObject second = ask(first.getJsonObject("cursors"));
    service.restarted("java.io.IOException", "lost");
    JsonObject third = ask(second.getJsonObject("cursors"));

    assertThat(only(first))
        .isEqualTo(
            new JsonObject()
                .put("service", "s")
                .put("request", "n1-7")
                .put("attempts", 2)
                .put("cause", "java.lang.IllegalStateException: <b>no</b>")
                .put("kind", "quarantined")
                .put("time", 1_000L));
    assertThat(second.getJsonArray("events")).isEmpty();
    assertThat(only(third).getString("kind")).isEqualTo("restarted");
  }

  @Test
  void anEpochIsOpenUntilItEnds() {
    service.epochBegan("q", 3, 17);
    assertThat(ask(new JsonObject()).getJsonArray("epochs"))
        .containsExactly(
            new JsonObject()
                .put("service", "s")
                .put("query", "q")
                .put("partition", 3)
                .put("epoch", 17)
                .put("began", 1_000));
    now = 1_250;
    service.epochEnded("q", 3, 17, true);
    JsonObject after = ask(new JsonObject());

    assertThat(after.getJsonArray("epochs")).isEmpty();
    assertThat(only(after).getLong("began")).isEqualTo(1_000);
    assertThat(only(after).getLong("time")).isEqualTo(1_250);
    assertThat(only(after).getBoolean("succeeded")).isTrue();
  }

  @Test
  void manyEpochsDisplaceNoQuarantinedRequest() {
    service.quarantined("n1-1", 2, "cause");
    IntStream.range(0, 2_000)
        .forEach(
            epoch -> {
              service.epochBegan("q", 0, epoch);
              service.epochEnded("q", 0, epoch, true);
            });
    JsonArray events = ask(new JsonObject()).getJsonArray("events");

    assertThat(events).hasSize(EventKind.EPOCH.kept() + 1);
    assertThat(events.stream().map(e -> ((JsonObject) e).getString("kind")))
        .contains("quarantined");
  }

  @Test
  void aLongCauseIsCutOff() {
    service.quarantined("n1-1", 2, "x".repeat(100_000));
    assertThat(only(ask(new JsonObject())).getString("cause"))
        .hasSize(Texts.MOST_CHARACTERS + 1)
        .endsWith("x…");
  }

  @Test
  void replaysAreCountedForEachService() {
    service.replayed();
    feed.of(TestSpec.of("s").build()).replayed(); // as another part of the node sees it
    assertThat(ask(new JsonObject()).getJsonObject("replayed").getLong("s")).isEqualTo(2);
  }

  @Test
  void linesOfTheLogAreThereOnceTheyAreShown() {
    assertThat(ask(new JsonObject()).containsKey("log")).isFalse();
    LogTail tail = new LogTail();
    feed.show(tail);
    IntStream.range(0, LogTail.LINES + 5).forEach(i -> tail.add(now, "WARN", "Test", "line " + i));
    JsonObject answer = ask(new JsonObject());
    tail.add(now, "ERROR", "Test", "the last one");

    assertThat(answer.getJsonArray("log")).hasSize(LogTail.LINES);
    assertThat(answer.getJsonArray("log").getJsonObject(0).getString("text")).isEqualTo("line 5");
    assertThat(ask(answer.getJsonObject("cursors")).getJsonArray("log"))
        .containsExactly(
            new JsonObject()
                .put("time", now)
                .put("level", "ERROR")
                .put("logger", "Test")
                .put("text", "the last one"));
  }

  @Test
  void readingsArriveAsTheyAre() {
    Histogram total = new Histogram(3_600_000_000L, 2);
    IntStream.rangeClosed(1, 1_000).forEach(i -> total.recordValue(i * 100L));
    Histogram none = new Histogram(3_600_000_000L, 2);
    readings =
        Map.of(
            "s",
            new ServiceMetrics.Reading(
                Map.of(new ResponseKind("v1", 5, FailureCode.DEADLINE_EXCEEDED), 3L),
                total,
                none,
                none,
                none));
    JsonObject answer = ask(new JsonObject());
    ServiceReading read = ServiceReading.parse(answer.getJsonObject("readings").getJsonObject("s"));

    assertThat(read.requests())
        .isEqualTo(Map.of(new ServiceReading.Kind("v1", "5xx", "deadline-exceeded"), 3L));
    assertThat(read.latencies().get(ServiceReading.Part.TOTAL)).isEqualTo(total);
    assertThat(read.latencies().get(ServiceReading.Part.QUEUE).getTotalCount()).isZero();
    assertThat(answer.encode()).hasSizeLessThan(8_000); // a histogram of 27 KB takes far less
  }

  @Test
  void itWantsNoTimesOfRequests() {
    assertThat(service.exchanges()).isSameAs(ExchangeObserver.NONE);
  }
}
