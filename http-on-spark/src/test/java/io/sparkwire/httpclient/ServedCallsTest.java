package io.sparkwire.httpclient;

import static java.time.Duration.ofSeconds;
import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sparkwire.node.ServingNode;
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
import java.util.concurrent.CountDownLatch;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.streaming.Trigger;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Calls within a pipeline that is served, over real HTTP on both sides. */
@Timeout(180)
class ServedCallsTest {

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @AfterEach
  void nothingLeaks() {
    assertThat(ServingNode.current().services().all()).isEmpty();
    assertThat(ServingNode.current().openExchanges()).isZero();
    await()
        .atMost(ofSeconds(20))
        .until(
            () ->
                Thread.getAllStackTraces().keySet().stream()
                    .noneMatch(thread -> thread.getName().endsWith(" feeder")));
  }

  private static ServingQuery start(TestService service, Trigger trigger, UDF1<Long, Long> after) {
    SparkSession spark = TestSpark.session();
    SimpleHttpTransformer calls =
        new SimpleHttpTransformer()
            .setInputCol("value")
            .setOutputCol("answer")
            .setUrl(service.url())
            .setOutputParser(new JsonOutputParser().setDataType("BIGINT"));
    return Serving.on(spark)
        .server("127.0.0.1", 0, "calls")
        .option("partitions", 1)
        .load()
        .parseRequest("value BIGINT NOT NULL")
        .mlTransform(calls)
        .transform(
            rows ->
                rows.withColumn(
                    "answer", functions.udf(after, DataTypes.LongType).apply(col("answer"))))
        .makeReply("answer")
        .replyTo("calls")
        .trigger(trigger)
        .start();
  }

  private CompletableFuture<String> ask(ServingQuery query, long value) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(query.url()))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString("{\"value\":" + value + "}"))
            .build();
    return client
        .sendAsync(request, HttpResponse.BodyHandlers.ofString())
        .thenApply(reply -> reply.statusCode() + " " + reply.body());
  }

  private void everyReplyMatches(ServingQuery query, int from, int to) {
    List<CompletableFuture<String>> replies = new ArrayList<>();
    for (int i = from; i < to; i++) {
      replies.add(ask(query, i));
    }
    for (int i = from; i < to; i++) {
      assertThat(replies.get(i - from).join()).isEqualTo("200 {\"answer\":" + i + "}");
    }
  }

  @ParameterizedTest
  @MethodSource("io.sparkwire.spark.Triggers#all")
  void everyReplyMatchesUnderEveryTrigger(Trigger trigger) {
    try (TestService service = TestService.slow(2, r -> r.body().onSuccess(r.response()::end));
        ServingQuery query = start(service, trigger, value -> value)) {
      assertThat(ask(query, 7).join()).isEqualTo("200 {\"answer\":7}");
      everyReplyMatches(query, 0, 200);
    }
  }

  @Test
  void aSlowCallDelaysNoOther() {
    CountDownLatch mayGo = new CountDownLatch(1);
    try (TestService service =
            TestService.bodies(
                (request, body) -> {
                  if (body.toString().equals("13")) {
                    new Thread(
                            () -> {
                              letGo(mayGo);
                              request.response().end(body);
                            })
                        .start();
                  } else {
                    request.response().end(body);
                  }
                });
        ServingQuery query = start(service, Trigger.ProcessingTime(0), value -> value)) {
      CompletableFuture<String> slow = ask(query, 13);
      everyReplyMatches(query, 100, 200);
      assertThat(slow).isNotDone();
      mayGo.countDown();
      assertThat(slow.join()).isEqualTo("200 {\"answer\":13}");
    }
  }

  private static void letGo(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aRequestThatFailsBehindTheCallsIsFoundAmongThoseInFlight() {
    UDF1<Long, Long> poisoned =
        value -> {
          if (value == 13) {
            throw new IllegalStateException("poison");
          }
          return value;
        };
    try (TestService service = TestService.slow(2, r -> r.body().onSuccess(r.response()::end));
        ServingQuery query = start(service, Trigger.ProcessingTime(0), poisoned)) {
      CompletableFuture<String> bad = ask(query, 13);
      everyReplyMatches(query, 100, 120);
      assertThat(bad.join()).startsWith("500");
    }
  }
}
