package io.sparkwire.spark;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.count_distinct;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;

import io.sparkwire.cluster.NodeOptions;
import io.sparkwire.http.RawHttp;
import io.sparkwire.node.ServingNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A payload log, read back by Spark. {@code -Dsparkwire.payload.requests=100000} sends as many. */
@ExtendWith(TestSpark.class)
class PayloadLogTest {

  private static final int CLIENTS = 8;
  private static final int REQUESTS = Integer.getInteger("sparkwire.payload.requests", 20_000);
  private static final NodeOptions USUAL =
      NodeOptions.forCores(Runtime.getRuntime().availableProcessors());

  @TempDir private Path directory;

  private final SparkSession spark;

  PayloadLogTest(SparkSession spark) {
    this.spark = spark;
  }

  @AfterEach
  void serveAsUsualAgain() {
    ServingNode.alone(USUAL);
  }

  private ServingQuery start() {
    return Serving.on(spark)
        .server("127.0.0.1", 0, "logged")
        .load()
        .transform(
            rows ->
                rows.select(
                    col("id"),
                    concat(lit("re: "), col("request.entity.content").cast("string")).as("reply")))
        .makeReply("reply")
        .replyTo("logged")
        .start();
  }

  /** Sends its share of the requests, one after the other; returns how many replies were right. */
  private static int ask(int port, int client) throws IOException {
    int right = 0;
    try (RawHttp http = new RawHttp(port)) {
      for (int i = client; i < REQUESTS; i += CLIENTS) {
        String body = "ü " + i;
        RawHttp.Response reply = http.post("/logged", "text/plain", body.getBytes(UTF_8)).receive();
        right += reply.status() == 200 && reply.body().equals("re: " + body) ? 1 : 0;
      }
    }
    return right;
  }

  private static void askAll(int port) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
    try {
      List<Future<Integer>> shares = new ArrayList<>();
      for (int client = 0; client < CLIENTS; client++) {
        int own = client;
        shares.add(threads.submit(() -> ask(port, own)));
      }
      int right = 0;
      for (Future<Integer> share : shares) {
        right += share.get();
      }
      assertThat(right).isEqualTo(REQUESTS);
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void allThatWasAskedIsThereOnceWithItsReply() throws Exception {
    ServingNode.alone(USUAL.with(Map.of("payload-log", directory.toString())));
    try (ServingQuery query = start()) {
      askAll(query.port());
    }
    ServingNode.current().leave(); // which completes the files

    Dataset<Row> log = spark.read().json(directory.toString());
    assertThat(log.count()).isEqualTo(REQUESTS);
    Dataset<Row> right =
        log.where("service = 'logged' AND date IS NOT NULL AND status = 200 AND failure IS NULL")
            .where("reply.body = concat('re: ', request.body) AND request.bytes >= 4")
            .where("attempts = 1 AND pipelineMicros <= totalMicros AND worker = node");
    Row distinct =
        right.select(count_distinct(col("request.body")), count_distinct(col("id"))).head();
    assertThat(distinct.getLong(0)).isEqualTo(REQUESTS);
    assertThat(distinct.getLong(1)).isEqualTo(REQUESTS);
  }
}
