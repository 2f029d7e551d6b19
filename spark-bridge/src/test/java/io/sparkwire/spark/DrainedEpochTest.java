package io.sparkwire.spark;

import static java.time.Duration.ofSeconds;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.first;
import static org.apache.spark.sql.functions.struct;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sparkwire.intake.ServedService;
import io.sparkwire.node.ServingNode;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.OutputMode;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Pipelines whose replies leave in another task than the one that reads, in micro-batch mode. */
@ExtendWith({TestSpark.class, NothingLeft.class})
class DrainedEpochTest {

  private static final int REQUESTS = 200;

  /** So many share an epoch, which takes as long as a batch of Spark. */
  private static final int CLIENTS = 50;

  private final SparkSession spark;

  DrainedEpochTest(SparkSession spark) {
    this.spark = spark;
  }

  private ServingPipeline requests(String service) {
    return Serving.on(spark)
        .server("127.0.0.1", 0, service)
        .option("partitions", 2)
        .load()
        .parseRequest("value BIGINT, kind STRING");
  }

  private static void everyReplyMatches(ServingQuery query) throws Exception {
    everyReplyMatches(new TestClient(query));
    assertThat(drained(query.service())).isTrue();
  }

  private static void everyReplyMatches(TestClient client) throws Exception {
    List<HttpResponse<String>> replies =
        client.postAll(REQUESTS, CLIENTS, i -> "{\"value\":" + i + ",\"kind\":\"k" + i % 3 + "\"}");
    for (int i = 0; i < REQUESTS; i++) {
      assertThat(replies.get(i).body()).isEqualTo("{\"value\":" + i + "}");
    }
  }

  private static boolean drained(String service) {
    ServedService served = ServingNode.current().services().find(service);
    return served != null && served.current().drained();
  }

  @Test
  void afterARepartitionEveryReplyFindsItsConnection() throws Exception {
    try (ServingQuery query =
        requests("shuffled")
            .transform(rows -> rows.repartition(3))
            .makeReply("value")
            .replyTo("shuffled")
            .start()) {
      everyReplyMatches(query);
      await().atMost(ofSeconds(10)).until(() -> query.historySize() == 0);
      assertThat(query.queries().get(0).lastProgress().sources()[0].metrics())
          .containsOnlyKeys("inFlight", "queued", "unfinished");
    }
  }

  @Test
  void aGroupingByRequestReplies() throws Exception {
    try (ServingQuery query =
        requests("grouped")
            .transform(
                rows -> rows.groupBy(col("id")).agg(first("value").as("value"), count("*").as("n")))
            .makeReply("value")
            .replyTo("grouped")
            .outputMode(OutputMode.Update())
            .start()) {
      everyReplyMatches(query);
    }
  }

  @Test
  void aJoinWithAStaticTableReplies() throws Exception {
    Dataset<Row> names = spark.sql("SELECT * FROM VALUES ('k0'), ('k1'), ('k2') AS names(kind)");
    try (ServingQuery query =
        requests("joined")
            .transform(rows -> rows.join(names.hint("merge"), "kind"))
            .makeReply("value")
            .replyTo("joined")
            .start()) {
      everyReplyMatches(query);
    }
  }

  @Test
  void aBroadcastJoinKeepsItsEpochOpen() throws Exception {
    Dataset<Row> names = spark.sql("SELECT * FROM VALUES ('k0'), ('k1'), ('k2') AS names(kind)");
    try (ServingQuery query =
        requests("broadcast")
            .transform(rows -> rows.join(broadcast(names), "kind"))
            .makeReply("value")
            .replyTo("broadcast")
            .start()) {
      everyReplyMatches(new TestClient(query));
      assertThat(drained("broadcast")).isFalse();
    }
  }

  @Test
  void aForeachBatchRepliesFromWithin(@TempDir java.nio.file.Path checkpoint) throws Exception {
    Dataset<Row> rows = requests("batched").dataset();
    StreamingQuery query =
        rows.writeStream()
            .option("checkpointLocation", checkpoint.toString())
            .foreachBatch(
                (batch, id) -> {
                  batch
                      .filter(
                          ServingFunctions.sendReply("batched", struct(col("value")), col("id")))
                      .write()
                      .format("noop")
                      .mode("overwrite")
                      .save();
                })
            .start();
    try {
      await().atMost(ofSeconds(30)).until(() -> drained("batched"));
      int port = ServingNode.current().services().find("batched").port();
      everyReplyMatches(new TestClient("http://127.0.0.1:" + port + "/batched"));
    } finally {
      query.stop();
    }
  }

  private void leavesOutTheOddOnes(UnaryOperator<Dataset<Row>> pipeline, OutputMode mode)
      throws Exception {
    try (ServingQuery query =
        Serving.on(spark)
            .server("127.0.0.1", 0, "leaky")
            .option("partitions", 2)
            .option("timeout", "10m")
            .option("no-row", 404)
            .load()
            .parseRequest("value BIGINT, kind STRING")
            .transform(pipeline::apply)
            .makeReply("value")
            .replyTo("leaky")
            .outputMode(mode)
            .start()) {
      List<HttpResponse<String>> replies =
          new TestClient(query)
              .postAll(40, CLIENTS, i -> "{\"value\":" + i + ",\"kind\":\"k" + i % 2 + "\"}");
      for (int i = 0; i < 40; i++) {
        assertThat(replies.get(i).statusCode()).isEqualTo(i % 2 == 0 ? 200 : 404);
        assertThat(replies.get(i).body())
            .contains(i % 2 == 0 ? "{\"value\":" + i + "}" : "urn:sparkwire:problem:row-dropped");
      }
      assertThat(drained("leaky")).isTrue();
    }
  }

  @Test
  void aJoinWithoutAMatchAcrossAShuffleIsAnsweredWhenTheEpochEnds() throws Exception {
    Dataset<Row> names = spark.sql("SELECT * FROM VALUES ('k0'), ('k2') AS names(kind)");
    leavesOutTheOddOnes(rows -> rows.join(names.hint("merge"), "kind"), OutputMode.Append());
  }

  @Test
  void aGroupThatIsLeftOutIsAnsweredWhenTheEpochEnds() throws Exception {
    leavesOutTheOddOnes(
        rows ->
            rows.groupBy(col("id"))
                .agg(first("value").as("value"), first("kind").as("kind"))
                .filter(col("kind").equalTo("k0")),
        OutputMode.Update());
  }

  @Test
  void aForeachBatchThatLeavesOutARowAnswersIt(@TempDir java.nio.file.Path checkpoint)
      throws Exception {
    StreamingQuery query =
        requests("unbatched")
            .dataset()
            .writeStream()
            .option("checkpointLocation", checkpoint.toString())
            .foreachBatch(
                (batch, id) -> {
                  batch
                      .filter(col("value").mod(2).equalTo(0))
                      .filter(
                          ServingFunctions.sendReply("unbatched", struct(col("value")), col("id")))
                      .write()
                      .format("noop")
                      .mode("overwrite")
                      .save();
                })
            .start();
    try {
      await().atMost(ofSeconds(30)).until(() -> drained("unbatched"));
      int port = ServingNode.current().services().find("unbatched").port();
      List<HttpResponse<String>> replies =
          new TestClient("http://127.0.0.1:" + port + "/unbatched")
              .postAll(20, CLIENTS, i -> "{\"value\":" + i + "}");
      for (int i = 0; i < 20; i++) {
        assertThat(replies.get(i).statusCode()).isEqualTo(i % 2 == 0 ? 200 : 204);
      }
    } finally {
      query.stop();
    }
  }

  @Test
  void anIdleServiceRunsNoBatches() throws Exception {
    try (ServingQuery query =
        requests("idle")
            .transform(rows -> rows.repartition(2))
            .makeReply("value")
            .replyTo("idle")
            .start()) {
      TestClient client = new TestClient(query);
      assertThat(client.post("{\"value\":1}").body()).isEqualTo("{\"value\":1}");
      await().atMost(ofSeconds(30)).until(() -> !query.queries().get(0).status().isDataAvailable());
      long batch = query.queries().get(0).lastProgress().batchId();
      await()
          .during(ofSeconds(3))
          .atMost(ofSeconds(10))
          .until(() -> query.queries().get(0).lastProgress().batchId() <= batch + 1);
      assertThat(client.post("{\"value\":2}").body()).isEqualTo("{\"value\":2}");
    }
  }

  @Test
  void epochsCanBeDrainedByWish() throws Exception {
    try (ServingQuery query =
        Serving.on(spark)
            .server("127.0.0.1", 0, "wished")
            .option("partitions", 1)
            .option("epochs", "drained")
            .load()
            .parseRequest("value BIGINT, kind STRING")
            .makeReply("value")
            .replyTo("wished")
            .start()) {
      everyReplyMatches(query);
    }
  }
}
