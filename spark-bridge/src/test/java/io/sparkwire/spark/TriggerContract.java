package io.sparkwire.spark;

import static java.time.Duration.ofSeconds;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.udf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.sparkwire.message.ServiceLimits;
import io.sparkwire.node.ServingNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.execution.streaming.RealTimeTrigger;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.Trigger;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What holds under every trigger, over real HTTP. */
@ExtendWith({TestSpark.class, NothingLeft.class})
abstract class TriggerContract {

  private static final int REQUESTS = 2_000;
  private static final int CLIENTS = 32;

  final SparkSession spark;
  @TempDir Path checkpoints;

  TriggerContract(SparkSession spark) {
    this.spark = spark;
  }

  abstract Trigger trigger();

  @AfterEach
  void nothingLeaks() {
    FailsOnce.forget();
  }

  private ServingPipeline echo(String service, int partitions) {
    return Serving.on(spark)
        .server("127.0.0.1", 0, service)
        .option("partitions", partitions)
        .load()
        .parseRequest("value BIGINT NOT NULL")
        .transform(rows -> rows.withColumn("doubled", col("value").multiply(2)))
        .makeReply("doubled");
  }

  private ServingQuery start(ServingPipeline pipeline, String service) {
    return pipeline
        .replyTo(service)
        .trigger(trigger())
        .option("checkpointLocation", checkpoints.resolve(service).toString())
        .start();
  }

  private static void everyReplyMatches(ServingQuery query) throws Exception {
    List<HttpResponse<String>> replies =
        new TestClient(query).postAll(REQUESTS, CLIENTS, i -> "{\"value\":" + i + "}");
    for (int i = 0; i < REQUESTS; i++) {
      assertThat(replies.get(i).statusCode()).as("status of request %d", i).isEqualTo(200);
      assertThat(replies.get(i).body()).isEqualTo("{\"doubled\":" + 2 * i + "}");
    }
    assertThat(query.counts().orElseThrow().answered()).isEqualTo(REQUESTS);
  }

  @Test
  void everyReplyMatchesItsRequest() throws Exception {
    try (ServingQuery query = start(echo("one", 1), "one")) {
      everyReplyMatches(query);
    }
  }

  @Test
  void severalPartitionsShareTheWork() throws Exception {
    try (ServingQuery query = start(echo("three", 3), "three")) {
      everyReplyMatches(query);
    }
  }

  @Test
  void aStoppedQueryStartsAgainFromItsCheckpoint() throws Exception {
    try (ServingQuery query = start(echo("again", 1), "again")) {
      assertThat(new TestClient(query).post("{\"value\":1}").body()).isEqualTo("{\"doubled\":2}");
    }
    try (ServingQuery query = start(echo("again", 2), "again")) {
      assertThat(new TestClient(query).post("{\"value\":2}").body()).isEqualTo("{\"doubled\":4}");
    }
  }

  @Test
  void aCheckpointThatCannotBeWrittenForAWhileLosesNoRequest() throws Exception {
    ServingWriter writer =
        echo("unwritable", 1)
            .replyTo("unwritable")
            .trigger(trigger())
            .option("checkpointLocation", checkpoints.resolve("unwritable").toString());
    try (ServingQuery query = writer.start()) {
      AtomicBoolean over = new AtomicBoolean();
      Thread breaker =
          new Thread(
              () -> {
                breakCheckpoints(query, checkpoints.resolve("unwritable"));
                over.set(true);
              });
      breaker.start();
      TestClient client = new TestClient(query);
      for (int round = 0; !over.get() || round < 2; round++) {
        List<HttpResponse<String>> replies = client.postAll(8, 4, i -> "{\"value\":" + i + "}");
        for (int i = 0; i < 8; i++) {
          assertThat(replies.get(i).body()).isEqualTo("{\"doubled\":" + 2 * i + "}");
        }
      }
      breaker.join();
      assertThat(query.isActive()).isTrue();
    }
  }

  /** Puts files where Spark has the directories of its logs, until a query has died of it. */
  private static void breakCheckpoints(ServingQuery query, Path checkpoint) {
    try (Stream<Path> below = Files.list(checkpoint)) {
      List<Path> logs =
          below
              .flatMap(replica -> Stream.of(replica.resolve("offsets"), replica.resolve("commits")))
              .toList();
      for (Path log : logs) {
        await().atMost(ofSeconds(60)).until(() -> Files.exists(log));
        Files.move(log, log.resolveSibling(log.getFileName() + ".away"));
        Files.createFile(log);
      }
      for (StreamingQuery one : query.queries()) {
        await().atMost(ofSeconds(60)).until(() -> diedOrStopped(one));
      }
      for (Path log : logs) {
        Files.delete(log);
        Files.move(log.resolveSibling(log.getFileName() + ".away"), log);
      }
      await().atMost(ofSeconds(60)).until(() -> query.restarts() >= query.queries().size());
      await()
          .atMost(ofSeconds(60))
          .until(() -> query.queries().stream().allMatch(StreamingQuery::isActive));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** An open epoch of minutes would not notice, so its query is made to check. */
  private static boolean diedOrStopped(StreamingQuery query) {
    try {
      query.stop();
    } catch (TimeoutException e) {
      throw new AssertionError(e);
    }
    return !query.isActive();
  }

  @Test
  void anEpochWhoseCommitWasLostIsReadAgain() throws Exception {
    Path commits = checkpoints.resolve("uncommitted/replica-0/commits");
    try (ServingQuery query = start(echo("uncommitted", 1), "uncommitted")) {
      assertThat(new TestClient(query).post("{\"value\":1}").body()).isEqualTo("{\"doubled\":2}");
      if (!(trigger() instanceof RealTimeTrigger)) {
        query.stop(); // ends an open epoch, which real-time batches do by themselves
      }
      await().atMost(ofSeconds(20)).until(() -> newest(commits).isPresent());
    }
    Path lost = newest(commits).orElseThrow();
    Files.delete(lost);
    try (ServingQuery query = start(echo("uncommitted", 1), "uncommitted")) {
      everyReplyMatches(query);
      if (!(trigger() instanceof RealTimeTrigger)) {
        query.stop();
      }
      await().atMost(ofSeconds(20)).until(() -> Files.exists(lost));
    }
  }

  private static Optional<Path> newest(Path commits) throws IOException {
    try (Stream<Path> files = Files.list(commits)) {
      return files
          .filter(file -> file.getFileName().toString().matches("\\d+"))
          .max(Comparator.comparingInt(file -> Integer.parseInt(file.getFileName().toString())));
    }
  }

  @Test
  void badInputIsAnsweredAndGoodInputGoesOn() throws Exception {
    try (ServingQuery query = start(echo("bad", 1), "bad")) {
      TestClient client = new TestClient(query);
      HttpResponse<String> bad = client.post("{\"value\":\"one\"}");
      assertThat(bad.statusCode()).isEqualTo(400);
      assertThat(bad.headers().firstValue("content-type")).contains("application/problem+json");
      assertThat(bad.body()).contains("field 'value' must be BIGINT, got a string \\\"one\\\"");
      assertThat(client.post("{\"value\":1}").body()).isEqualTo("{\"doubled\":2}");
    }
  }

  /** Long before its deadline, the client learns that its row was left out. */
  private static void isLeftOut(HttpResponse<String> reply) {
    assertThat(reply.statusCode()).as(reply.body()).isEqualTo(204);
    assertThat(reply.body()).isEmpty();
    assertThat(reply.headers().firstValue("content-type")).isEmpty();
  }

  @Test
  void rowsThatAPipelineLeavesOutAreAnsweredAtOnce() throws Exception {
    UDF1<Long, Boolean> odd = value -> value % 2 == 1;
    ServingPipeline pipeline =
        Serving.on(spark)
            .server("127.0.0.1", 0, "dropped")
            .option("partitions", 1)
            .option("timeout", "10m")
            .load()
            .parseRequest("value BIGINT")
            .transform(
                rows ->
                    Serving.replyWhen(
                            rows, "dropped", col("value").equalTo(4), struct(col("value")))
                        .filter(udf(odd, DataTypes.BooleanType).apply(col("value"))))
            .makeReply("value");
    try (ServingQuery query = start(pipeline, "dropped")) {
      TestClient client = new TestClient(query);
      isLeftOut(client.post("{\"value\":2}")); // and nothing comes after it
      assertThat(client.post("{\"value\":1}").body()).isEqualTo("{\"value\":1}");
      assertThat(client.post("{\"value\":4}").body()).isEqualTo("{\"value\":4}");
      assertThat(client.post("{\"value\":[4]}").statusCode()).isEqualTo(400);
      List<HttpResponse<String>> replies =
          client.postAll(200, CLIENTS, i -> "{\"value\":" + (i + 5) + "}");
      for (int i = 0; i < 200; i++) {
        if (i % 2 == 0) {
          assertThat(replies.get(i).body()).isEqualTo("{\"value\":" + (i + 5) + "}");
        } else {
          isLeftOut(replies.get(i));
        }
      }
      await().atMost(ofSeconds(10)).until(() -> query.historySize() == 0);
    }
  }

  @Test
  void stoppingLetsRequestsInFlightFinish() throws Exception {
    UDF1<Long, Long> slow =
        value -> {
          Thread.sleep(20);
          return value;
        };
    ServingPipeline pipeline =
        Serving.on(spark)
            .server("127.0.0.1", 0, "drain")
            .option("partitions", 1)
            .load()
            .parseRequest("value BIGINT")
            .transform(
                rows -> rows.withColumn("slow", udf(slow, DataTypes.LongType).apply(col("value"))))
            .makeReply("slow");
    ServingQuery query = start(pipeline, "drain");
    TestClient client = new TestClient(query);
    Thread stopper =
        new Thread(
            () -> {
              await().until(() -> query.counts().orElseThrow().admitted() >= CLIENTS);
              query.stop();
            });
    stopper.start();
    List<HttpResponse<String>> replies =
        client.postAll(CLIENTS, CLIENTS, i -> "{\"value\":" + i + "}");
    stopper.join();
    assertThat(replies).allSatisfy(reply -> assertThat(reply.statusCode()).isEqualTo(200));
  }

  @Test
  void aTakenPortFailsTheStartWithItsReason() throws Exception {
    try (ServerSocket holder = new ServerSocket(0)) {
      ServingWriter writer =
          Serving.on(spark)
              .server("0.0.0.0", holder.getLocalPort(), "taken")
              .option("partitions", 1)
              .load()
              .parseRequest("value BIGINT")
              .makeReply("value")
              .replyTo("taken")
              .trigger(trigger());
      assertThatThrownBy(writer::start)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("cannot listen on 0.0.0.0:" + holder.getLocalPort());
    }
  }

  @Test
  void aServiceNameIsServedOnce() {
    try (ServingQuery first = start(echo("twice", 1), "twice")) {
      ServingWriter second = echo("twice", 1).replyTo("twice").trigger(trigger());
      assertThatThrownBy(second::start)
          .hasMessageContaining("service 'twice' is already served by another query");
      assertThat(first.isActive()).isTrue();
      await().atMost(ofSeconds(5)).until(() -> first.counts().isPresent());
    }
  }

  @Test
  void aPartitionWithoutTaskSlotFailsTheStart() {
    ServingWriter writer = echo("slots", TestSpark.SLOTS + 1).replyTo("slots").trigger(trigger());
    assertThatThrownBy(writer::start)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("needs 5 task slot(s), but Spark has 4 free");
  }

  @Test
  void theDefaultsOfAServiceHold() {
    try (ServingQuery query = start(echo("defaults", 1), "defaults")) {
      assertThat(query.url()).endsWith("/defaults");
      assertThat(ServingNode.current().services().find("defaults").service().spec().limits())
          .extracting(ServiceLimits::maxInFlight)
          .isEqualTo(ServiceLimits.MAX_IN_FLIGHT.defaultValue());
    }
  }

  /** A pipeline that fails on some values: the first time only, or always. */
  private ServingPipeline failing(String service, UDF1<Long, Long> work) {
    return Serving.on(spark)
        .server("127.0.0.1", 0, service)
        .option("partitions", 1)
        .load()
        .parseRequest("value BIGINT NOT NULL")
        .transform(
            rows -> rows.withColumn("doubled", udf(work, DataTypes.LongType).apply(col("value"))))
        .makeReply("doubled");
  }

  @Test
  void aRequestOnWhichThePipelineFailsOnceIsTriedAgain() throws Exception {
    try (ServingQuery query = start(failing("flaky", new FailsOnce()), "flaky")) {
      List<HttpResponse<String>> replies =
          new TestClient(query).postAll(200, 16, i -> "{\"value\":" + i + "}");
      for (int i = 0; i < 200; i++) {
        assertThat(replies.get(i).body()).isEqualTo("{\"doubled\":" + 2 * i + "}");
      }
      assertThat(query.counts().orElseThrow().quarantined()).isZero();
    }
  }

  @Test
  void onlyTheRequestsThatAlwaysFailAreQuarantined() throws Exception {
    UDF1<Long, Long> poisoned =
        value -> {
          if (value % 50 == 0) {
            throw new IllegalStateException("poison " + value);
          }
          return 2 * value;
        };
    try (ServingQuery query = start(failing("poison", poisoned), "poison")) {
      List<HttpResponse<String>> replies =
          new TestClient(query).postAll(200, 16, i -> "{\"value\":" + i + "}");
      for (int i = 0; i < 200; i++) {
        HttpResponse<String> reply = replies.get(i);
        assertThat(reply.statusCode()).as("status of %d", i).isEqualTo(i % 50 == 0 ? 500 : 200);
        assertThat(reply.body())
            .contains(
                i % 50 == 0
                    ? "in 2 attempt(s)\",\"cause\":\"java.lang.IllegalStateException\"}"
                    : "{\"doubled\":" + 2 * i + "}");
      }
      await().until(() -> query.counts().orElseThrow().quarantined() == 4); // after the reply
      assertThat(query.isActive()).isTrue();
    }
  }

  @Test
  void aQueryKilledFromOutsideLosesNoRequest() throws Exception {
    try (ServingQuery query = start(echo("killed", 1), "killed")) {
      Thread killer =
          new Thread(
              () -> {
                for (int i = 0; i < 3; i++) {
                  stopOne(query, i);
                }
              });
      killer.start();
      everyReplyMatches(query);
      killer.join();
      await().atMost(ofSeconds(60)).until(() -> query.restarts() >= 3);
    }
  }

  /** A pipeline whose replies name their version. */
  private ServingWriter version(String service, String version) {
    return Serving.on(spark)
        .server("127.0.0.1", 0, service)
        .option("partitions", 1)
        .load()
        .parseRequest("value BIGINT NOT NULL")
        .transform(rows -> rows.withColumn("out", concat(col("value"), lit(version))))
        .makeReply("out")
        .replyTo(service)
        .trigger(trigger())
        .version(version);
  }

  @Test
  void anotherVersionTakesOverWithoutAPause() throws Exception {
    try (ServingQuery query = version("swap", "a").start()) {
      Map<String, Integer> seen = new ConcurrentHashMap<>();
      AtomicBoolean swapped = new AtomicBoolean();
      TestClient client = new TestClient(query);
      Thread swapper =
          new Thread(
              () -> {
                await().until(() -> seen.getOrDefault("a", 0) >= CLIENTS);
                query.replace(version("swap", "b"));
                swapped.set(true);
              });
      swapper.start();
      for (int round = 0; !swapped.get() || seen.getOrDefault("b", 0) < CLIENTS; round++) {
        boolean afterwards = swapped.get();
        List<HttpResponse<String>> replies =
            client.postAll(CLIENTS, CLIENTS, i -> "{\"value\":" + i + "}");
        for (int i = 0; i < CLIENTS; i++) {
          HttpResponse<String> reply = replies.get(i);
          assertThat(reply.statusCode()).as("round %d: %s", round, reply.body()).isEqualTo(200);
          String version = reply.headers().firstValue("Sparkwire-Version").orElseThrow();
          assertThat(reply.body()).isEqualTo(i + version);
          assertThat(!afterwards || version.equals("b")).as("version afterwards").isTrue();
          seen.merge(version, 1, Integer::sum);
        }
      }
      swapper.join();
      assertThat(seen).containsOnlyKeys("a", "b");
    }
  }

  @Test
  void aVersionThatDoesNotStartLeavesTheOldOneServing() throws Exception {
    Path file = Files.createFile(checkpoints.resolve("file"));
    try (ServingQuery query = version("stays", "a").start()) {
      ServingWriter broken =
          version("stays", "b").option("checkpointLocation", file.resolve("below").toString());
      assertThatThrownBy(() -> query.replace(broken)).isInstanceOf(IllegalStateException.class);
      assertThat(new TestClient(query).post("{\"value\":1}").body()).isEqualTo("1a");
      query.replace(version("stays", "c"));
      assertThat(new TestClient(query).post("{\"value\":1}").body()).isEqualTo("1c");
    }
  }

  private static void stopOne(ServingQuery query, int turn) {
    int replica = turn % query.queries().size();
    await().atMost(ofSeconds(60)).until(() -> query.queries().get(replica).isActive());
    try {
      query.queries().get(replica).stop();
    } catch (TimeoutException e) {
      throw new AssertionError(e);
    }
  }

  /** Doubles a value, but throws when it sees one of every tenth for the first time. */
  static final class FailsOnce implements UDF1<Long, Long> {

    private static final Set<Long> SEEN = ConcurrentHashMap.newKeySet();

    static void forget() {
      SEEN.clear();
    }

    @Override
    public Long call(Long value) {
      if (value % 10 == 0 && SEEN.add(value)) {
        throw new IllegalStateException("first sight of " + value);
      }
      return 2 * value;
    }
  }
}
