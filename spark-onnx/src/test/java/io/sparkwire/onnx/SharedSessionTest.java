package io.sparkwire.onnx;

import static java.time.Duration.ofSeconds;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.spark_partition_id;
import static org.apache.spark.sql.functions.udf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sparkwire.onnx.session.NativeSessions;
import io.sparkwire.onnx.session.Sessions;
import io.sparkwire.spark.Serving;
import io.sparkwire.spark.ServingQuery;
import io.sparkwire.spark.TestClient;
import io.sparkwire.spark.TestSpark;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.streaming.Trigger;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The one session of a network that eight tasks compute at once. */
@Timeout(120)
class SharedSessionTest {

  private static final int PARTITIONS = 8;

  /** More than seven of the tasks can take. */
  private static final int REQUESTS = 400;

  private static final NativeSessions NATIVES = new NativeSessions();

  private static SparkSession spark;

  private final OnnxModel model =
      Networks.model("pick").setThreads(NativeSessions.THREADS).setMiniBatchSize(4);

  /** In place of the session of other tests, which has not as many task slots. */
  @BeforeAll
  static void start() {
    TestSpark.session().stop();
    spark =
        SparkSession.builder()
            .master("local[" + PARTITIONS + "]")
            .appName("sparkwire-tests")
            .config("spark.ui.enabled", "false")
            .getOrCreate();
  }

  @AfterAll
  static void stop() {
    spark.stop();
  }

  @AfterEach
  void nothingStaysOpen() {
    Meeting.end();
    Sessions.OF_JVM.acquire(model.id(), () -> Networks.bytes("pick"), this);
    Sessions.OF_JVM.release(model.id(), this, false);
    await().atMost(ofSeconds(20)).until(() -> NATIVES.open() == 0);
  }

  /** Where each task waits with its first row until all have come. */
  private static final class Meeting {

    private static final Set<Integer> PRESENT = new TreeSet<>();

    static synchronized void attend(int partition) throws InterruptedException {
      PRESENT.add(partition);
      Meeting.class.notifyAll();
      while (PRESENT.size() < PARTITIONS) {
        Meeting.class.wait();
      }
    }

    static synchronized void end() {
      PRESENT.clear();
    }
  }

  /** How many sessions are open while all tasks compute rows, for each value of the network. */
  private static Column sessionsOpen() {
    UDF2<Long, Integer, Integer> open =
        (picked, partition) -> {
          Meeting.attend(partition);
          return NATIVES.open();
        };
    return udf(open, DataTypes.IntegerType).apply(col("picked"), spark_partition_id());
  }

  @Test
  void thePartitionsOfAJobShareIt() {
    List<Row> rows =
        model
            .transform(spark.range(0, 800, 1, PARTITIONS).selectExpr("id % 3 AS index"))
            .withColumn("open", sessionsOpen())
            .collectAsList();

    assertThat(rows).hasSize(800).extracting(row -> row.getInt(2)).containsOnly(1);
  }

  @Test
  void thePartitionsOfAServiceShareIt() throws Exception {
    try (ServingQuery query = start(Trigger.ProcessingTime(0))) {
      List<HttpResponse<String>> replies =
          new TestClient(query).postAll(REQUESTS, REQUESTS, i -> "{\"index\":" + i % 3 + "}");
      assertThat(replies).extracting(HttpResponse::body).containsOnly("{\"open\":1}");
    }
    assertThat(Sessions.OF_JVM.isOpen(model.id())).isFalse();
  }

  private ServingQuery start(Trigger trigger) {
    return Serving.on(spark)
        .server("127.0.0.1", 0, "shared")
        .option("partitions", PARTITIONS)
        .load()
        .parseRequest("index BIGINT NOT NULL")
        .mlTransform(model)
        .transform(rows -> rows.withColumn("open", sessionsOpen()))
        .makeReply("open")
        .replyTo("shared")
        .trigger(trigger)
        .start();
  }
}
