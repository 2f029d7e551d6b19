package io.sparkwire.spark;

import static java.time.Duration.ofSeconds;
import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.codahale.metrics.Gauge;
import com.codahale.metrics.MetricRegistry;
import io.sparkwire.metrics.Metric;
import io.sparkwire.spark.metrics.SparkMetrics;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.ui.SQLAppStatusStore;
import org.apache.spark.sql.execution.ui.SQLExecutionUIData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import scala.jdk.javaapi.CollectionConverters;

@ExtendWith({TestSpark.class, NothingLeft.class})
class SparkMetricsTest {

  private static final int REQUESTS = 120; // Spark asks for the values after each 100 rows

  private final SparkSession spark;

  SparkMetricsTest(SparkSession spark) {
    this.spark = spark;
  }

  private ServingQuery start(String service) {
    return Serving.on(spark)
        .server("127.0.0.1", 0, service)
        .option("partitions", 1)
        .option("batch", "on")
        .load()
        .parseRequest("value BIGINT")
        .transform(rows -> rows.withColumn("twice", col("value").multiply(2)))
        .makeReply("twice")
        .replyTo(service)
        .replicas(1)
        .start();
  }

  private List<SQLExecutionUIData> executions() {
    return CollectionConverters.asJava(spark.sharedState().statusStore().executionsList());
  }

  /** What Spark's UI shows, summed over all executions after that one. */
  private long shown(String description, long last) {
    SQLAppStatusStore store = spark.sharedState().statusStore();
    return executions().stream()
        .filter(execution -> execution.executionId() > last)
        .mapToLong(
            execution -> {
              Map<Object, String> values =
                  CollectionConverters.asJava(store.executionMetrics(execution.executionId()));
              return CollectionConverters.asJava(execution.metrics()).stream()
                  .filter(metric -> metric.name().equals(description))
                  .map(metric -> values.get(metric.accumulatorId()))
                  .filter(value -> value != null)
                  .mapToLong(value -> Long.parseLong(value.replace(",", "")))
                  .sum();
            })
        .sum();
  }

  @Test
  void theScanAndTheWriteShowInSparkWhatTheyDid() throws Exception {
    long last = executions().stream().mapToLong(SQLExecutionUIData::executionId).max().orElse(-1);
    try (ServingQuery query = start("shown")) {
      TestClient client = new TestClient(query);
      for (int i = 0; i < REQUESTS; i++) {
        assertThat(client.post("[{\"value\":1},{\"value\":2}]").statusCode()).isEqualTo(200);
      }
    }

    await()
        .atMost(ofSeconds(20))
        .untilAsserted(
            () -> {
              assertThat(shown("requests read", last)).isEqualTo(REQUESTS);
              assertThat(shown("rows of these requests", last)).isEqualTo(2 * REQUESTS);
              assertThat(shown("replies sent", last)).isEqualTo(2 * REQUESTS);
            });
    assertThat(shown("replies to requests that had ended", last)).isZero();
  }

  private static double value(MetricRegistry registry, String name) {
    return (double) ((Gauge<?>) registry.getMetrics().get(name)).getValue();
  }

  @Test
  void theMetricsOfTheNodeAreInSparksMetricsSystem() throws Exception {
    MetricRegistry registry = new MetricRegistry();
    SparkMetrics.register(registry);
    try (ServingQuery query = start("counted")) {
      double responses = value(registry, "sparkwire_requests_total");
      double durations = value(registry, "sparkwire_request_pipeline_duration_seconds_count");
      double seconds = value(registry, "sparkwire_request_pipeline_duration_seconds_sum");
      TestClient client = new TestClient(query);
      client.post("{\"value\":1}");
      client.post("{\"value\":\"no number\"}");

      assertThat(value(registry, "sparkwire_requests_total")).isEqualTo(responses + 2);
      assertThat(value(registry, "sparkwire_request_pipeline_duration_seconds_count"))
          .isEqualTo(durations + 2);
      assertThat(value(registry, "sparkwire_request_pipeline_duration_seconds_sum"))
          .isGreaterThan(seconds);
      assertThat(value(registry, "sparkwire_readers_open")).isEqualTo(1);
      assertThat(value(registry, "sparkwire_requests_in_flight_limit"))
          .isEqualTo(query.spec().limits().maxInFlight());
    }
    assertThat(registry.getNames())
        .hasSizeGreaterThan(Metric.values().length)
        .allMatch(name -> name.startsWith("sparkwire_"));
  }
}
