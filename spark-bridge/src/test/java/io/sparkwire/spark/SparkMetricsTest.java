package io.sparkwire.spark;

import static java.time.Duration.ofSeconds;
import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.codahale.metrics.Gauge;
import com.codahale.metrics.MetricRegistry;
import io.sparkwire.metrics.Metric;
import io.sparkwire.spark.metrics.SparkMetrics;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.ui.SQLAppStatusStore;
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

  /** What Spark's UI shows, summed over all executions of the session. */
  private long shown(String description) {
    SQLAppStatusStore store = spark.sharedState().statusStore();
    return CollectionConverters.asJava(store.executionsList()).stream()
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
    long read = shown("requests read");
    long rows = shown("rows of these requests");
    long sent = shown("replies sent");
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
              assertThat(shown("requests read") - read).isEqualTo(REQUESTS);
              assertThat(shown("rows of these requests") - rows).isEqualTo(2 * REQUESTS);
              assertThat(shown("replies sent") - sent).isEqualTo(2 * REQUESTS);
            });
    assertThat(shown("replies to requests that had ended")).isZero();
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
