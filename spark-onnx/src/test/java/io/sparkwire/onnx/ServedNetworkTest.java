package io.sparkwire.onnx;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sparkwire.node.ServingNode;
import io.sparkwire.onnx.session.Sessions;
import io.sparkwire.spark.Serving;
import io.sparkwire.spark.ServingQuery;
import io.sparkwire.spark.TestSpark;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.Trigger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Networks within a pipeline that is served, over real HTTP. */
@Timeout(180)
class ServedNetworkTest {

  private final OnnxModel model = Networks.model("pick").setMiniBatchSize(8);
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @AfterEach
  void nothingLeaks() {
    assertThat(ServingNode.current().services().all()).isEmpty();
    assertThat(ServingNode.current().openExchanges()).isZero();
    await().atMost(ofSeconds(20)).until(() -> noThread(" feeder") && noThread(" batches"));
    assertThat(Sessions.OF_JVM.isOpen(model.id())).isFalse();
  }

  private static boolean noThread(String ending) {
    return Thread.getAllStackTraces().keySet().stream()
        .noneMatch(thread -> thread.getName().endsWith(ending));
  }

  private ServingQuery start(Trigger trigger, int partitions, String filter) {
    SparkSession spark = TestSpark.session();
    return Serving.on(spark)
        .server("127.0.0.1", 0, "network")
        .option("partitions", partitions)
        .option("max-attempts", 2)
        .load()
        .parseRequest("index BIGINT NOT NULL")
        .mlTransform(model)
        .transform(rows -> rows.where(filter))
        .makeReply("picked")
        .replyTo("network")
        .trigger(trigger)
        .start();
  }

  private CompletableFuture<HttpResponse<String>> ask(ServingQuery query, long index) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(query.url()))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString("{\"index\":" + index + "}"))
            .build();
    return client.sendAsync(request, HttpResponse.BodyHandlers.ofString());
  }

  static List<Trigger> triggers() {
    return List.of(Trigger.ProcessingTime(0), Trigger.Continuous("1 second"));
  }

  @ParameterizedTest
  @MethodSource("triggers")
  void eachRequestGetsItsReplyAndABadRowIsFoundAlone(Trigger trigger) throws Exception {
    try (ServingQuery query = start(trigger, 2, "true")) {
      List<CompletableFuture<HttpResponse<String>>> replies = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        replies.add(ask(query, i % 50 == 7 ? 99 : i % 3));
      }
      for (int i = 0; i < 200; i++) {
        HttpResponse<String> reply = replies.get(i).get();
        if (i % 50 == 7) {
          assertThat(reply.statusCode()).isEqualTo(500);
        } else {
          assertThat(reply.statusCode()).isEqualTo(200);
          assertThat(reply.body()).isEqualTo("{\"picked\":" + 10 * (i % 3 + 1) + "}");
        }
      }
      assertThat(Sessions.OF_JVM.isOpen(model.id())).isTrue();
    }
  }

  @Test
  void allPartitionsShareOneSession() throws Exception {
    long before = Sessions.OF_JVM.opened();
    try (ServingQuery query = start(Trigger.ProcessingTime(0), TestSpark.SLOTS, "true")) {
      List<CompletableFuture<HttpResponse<String>>> replies = new ArrayList<>();
      for (int i = 0; i < 1000; i++) {
        replies.add(ask(query, 2));
      }
      for (CompletableFuture<HttpResponse<String>> reply : replies) {
        assertThat(reply.get().body()).isEqualTo("{\"picked\":30}");
      }
    }
    assertThat(Sessions.OF_JVM.opened()).isEqualTo(before + 1);
  }

  @Test
  void aRowThatIsLeftOutAboveTheNetworkIsAnswered() throws Exception {
    try (ServingQuery query = start(Trigger.ProcessingTime(0), 1, "picked > 10")) {
      assertThat(ask(query, 0).get().statusCode()).isEqualTo(204);
      assertThat(ask(query, 1).get().body()).isEqualTo("{\"picked\":20}");
    }
  }
}
