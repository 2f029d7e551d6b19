package io.sparkwire.spark.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.sparkwire.http.RawHttp;
import io.sparkwire.spark.NothingLeft;
import io.sparkwire.spark.Serving;
import io.sparkwire.spark.ServingQuery;
import io.sparkwire.spark.TestSpark;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The processor time of hostile bodies: beyond what any request costs, none takes more than a few
 * times that of as many bytes of plain integers.
 *
 * <p>It is the time of all threads of the JVM but the client's: event loops and tasks. {@code
 * -Dsparkwire.fuzz.cost=5} gives the factor; where that is not given nothing is measured, because
 * it takes minutes of a machine that does little else.
 */
@ExtendWith({TestSpark.class, NothingLeft.class})
class BodyCostTest {

  private static final double FACTOR =
      Double.parseDouble(System.getProperty("sparkwire.fuzz.cost", "0"));

  private static final int ROUNDS = 15;
  private static final int WARM_UP_ROUNDS = 5;

  /** In each round and of each body. */
  private static final int MEBIBYTES = 3;

  private static final byte[] SMALL = CostlyBody.PLAIN_INTEGERS.ofSize(64);

  private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
  private final SparkSession spark;

  BodyCostTest(SparkSession spark) {
    this.spark = spark;
  }

  @ParameterizedTest
  @ValueSource(ints = {64 * 1024, 900_000})
  void noBodyCostsMuchMoreThanPlainIntegers(int bytes) throws IOException {
    assumeThat(FACTOR).isPositive();
    try (ServingQuery query =
            Serving.on(spark)
                .server("127.0.0.1", 0, "cost")
                .option("partitions", 1)
                .load()
                .parseRequest(TypedBody.SCHEMA)
                .makeReply("f3")
                .replyTo("cost")
                .replicas(1)
                .start();
        RawHttp http = new RawHttp(query.port())) {
      Map<CostlyBody, Double> costs = costs(http, bytes);
      double plain = costs.get(CostlyBody.PLAIN_INTEGERS);
      costs.forEach(
          (body, nanos) ->
              System.out.printf(
                  "%s of %d bytes: %.2f µs per KB, %.2f times%n",
                  body, bytes, nanos * 1_024 / bytes / 1_000, nanos / plain));
      assertThat(costs)
          .allSatisfy((body, nanos) -> assertThat(nanos).isLessThanOrEqualTo(FACTOR * plain));
    }
  }

  /** The median of each, without that of a small body, in nanoseconds. */
  private Map<CostlyBody, Double> costs(RawHttp http, int bytes) throws IOException {
    Map<CostlyBody, double[]> rounds = new EnumMap<>(CostlyBody.class);
    for (int round = -WARM_UP_ROUNDS; round < ROUNDS; round++) {
      int requests = MEBIBYTES * 1024 * 1024 / bytes;
      double small = nanos(http, SMALL, requests);
      for (CostlyBody body : CostlyBody.values()) {
        double nanos = nanos(http, body.ofSize(bytes), requests) - small;
        if (round >= 0) {
          rounds.computeIfAbsent(body, none -> new double[ROUNDS])[round] = nanos;
        }
      }
    }
    Map<CostlyBody, Double> medians = new EnumMap<>(CostlyBody.class);
    rounds.forEach(
        (body, all) -> medians.put(body, Arrays.stream(all).sorted().toArray()[ROUNDS / 2]));
    return medians;
  }

  /** What one request costs, of many in a row. */
  private double nanos(RawHttp http, byte[] body, int requests) throws IOException {
    long before = processorNanos();
    for (int i = 0; i < requests; i++) {
      assertThat(http.post("/cost", null, body).receive().status()).isIn(200, 400);
    }
    return (double) (processorNanos() - before) / requests;
  }

  private long processorNanos() {
    long own = Thread.currentThread().getId();
    return Arrays.stream(threads.getAllThreadIds())
        .filter(id -> id != own)
        .map(threads::getThreadCpuTime)
        .filter(nanos -> nanos > 0)
        .sum();
  }
}
