package io.sparkwire.spark;

import static java.time.Duration.ofSeconds;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.udf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.sparkwire.node.ServingNode;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.Trigger;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith({TestSpark.class, NothingLeft.class})
class ExactReplayTest {

  private static final String SERVICE = "counted";
  private static final int REQUESTS = 300;
  private static final int CLIENTS = 16;

  /** What the second sink has seen last: for each kind the number of requests. */
  private static final Map<String, Long> COUNTS = new ConcurrentHashMap<>();

  private final SparkSession spark;
  @TempDir Path checkpoint;

  ExactReplayTest(SparkSession spark) {
    this.spark = spark;
  }

  @AfterEach
  void nothingLeaks() {
    TriggerContract.FailsOnce.forget();
    COUNTS.clear();
  }

  /** Replies first, fails then on every tenth row it sees, and counts the rest by kind. */
  private StreamingQuery start(String replay) throws Exception {
    Dataset<Row> rows =
        Serving.on(spark)
            .server("127.0.0.1", 0, SERVICE)
            .option("partitions", 2)
            .option("replay", replay)
            .load()
            .parseRequest("value BIGINT, kind STRING")
            .dataset()
            .filter(ServingFunctions.sendReply(SERVICE, struct(col("value")), col("id")))
            .withColumn(
                "doubled",
                udf(new TriggerContract.FailsOnce(), DataTypes.LongType).apply(col("value")));
    return rows.groupBy("kind")
        .agg(count("*").as("n"), sum("doubled").as("sum"))
        .writeStream()
        .outputMode("update")
        .option("checkpointLocation", checkpoint.toString())
        .foreachBatch(
            (batch, id) -> {
              batch.collectAsList().forEach(row -> COUNTS.put(row.getString(0), row.getLong(1)));
            })
        .start();
  }

  private static void postAll(StreamingQuery query, int first) throws Exception {
    await()
        .atMost(ofSeconds(60))
        .failFast("the query has failed", () -> query.exception().isDefined())
        .until(() -> ServingNode.current().services().find(SERVICE) != null);
    int port = ServingNode.current().services().find(SERVICE).port();
    List<HttpResponse<String>> replies =
        new TestClient("http://127.0.0.1:" + port + "/" + SERVICE)
            .postAll(
                REQUESTS,
                CLIENTS,
                i -> "{\"value\":" + (first + i) + ",\"kind\":\"k" + i % 3 + "\"}");
    assertThat(replies).allSatisfy(reply -> assertThat(reply.statusCode()).isEqualTo(200));
  }

  private static long counted() {
    return COUNTS.values().stream().mapToLong(Long::longValue).sum();
  }

  @Test
  void aCountHasEachRequestOnceThoughTasksFailAndTheQueryRestarts() throws Exception {
    for (int life = 1; life <= 2; life++) {
      StreamingQuery query = start("exact");
      try {
        postAll(query, (life - 1) * REQUESTS);
        long expected = (long) life * REQUESTS;
        await()
            .atMost(ofSeconds(60))
            .untilAsserted(() -> assertThat(counted()).isEqualTo(expected));
      } finally {
        query.stop();
      }
    }
  }

  @Test
  void theContinuousTriggerHasNoExactReplay() {
    ServingWriter writer =
        Serving.on(spark)
            .server("127.0.0.1", 0, SERVICE)
            .option("partitions", 1)
            .option("replay", "exact")
            .load()
            .parseRequest("value BIGINT")
            .makeReply("value")
            .replyTo(SERVICE)
            .trigger(Trigger.Continuous("1 second"));

    assertThatThrownBy(writer::start).hasMessageContaining("use the micro-batch trigger for exact");
  }
}
