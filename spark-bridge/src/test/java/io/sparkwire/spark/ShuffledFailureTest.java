package io.sparkwire.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.udf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows that fail in another task than the one that has read them. */
@ExtendWith({TestSpark.class, NothingLeft.class})
class ShuffledFailureTest {

  private static final String SERVICE = "shuffled";
  private static final String ADAPTIVE = "spark.sql.adaptive.enabled";
  private static final int REQUESTS = 300;

  /** So many share an epoch, among them more poison than tasks may fail. */
  private static final int CLIENTS = 50;

  private static final int POISON_IN = 10;
  private static final int MAX_ATTEMPTS = 2;

  private final SparkSession spark;

  ShuffledFailureTest(SparkSession spark) {
    this.spark = spark;
  }

  @AfterEach
  void forget() {
    spark.conf().unset(ADAPTIVE);
    Doubling.forget();
  }

  /** A service that doubles a value after a shuffle, and fails on some. */
  private ServingQuery start(Doubling work, UnaryOperator<Dataset<Row>> shuffle, String replay) {
    return Serving.on(spark)
        .server("127.0.0.1", 0, SERVICE)
        .option("partitions", 1)
        .option("batch", "on")
        .option("replay", replay)
        .option("max-attempts", MAX_ATTEMPTS)
        .load()
        .parseRequest("value BIGINT NOT NULL")
        .transform(shuffle::apply)
        .transform(
            rows -> rows.withColumn("doubled", udf(work, DataTypes.LongType).apply(col("value"))))
        .makeReply("doubled")
        .replyTo(SERVICE)
        .start();
  }

  @ParameterizedTest
  @ValueSource(strings = {"true", "false"})
  void onlyThePoisonIsQuarantinedAndNothingWaitsForARestart(String adaptive) throws Exception {
    spark.conf().set(ADAPTIVE, adaptive);
    try (ServingQuery query = start(Doubling.POISONED, rows -> rows.repartition(2), "unfinished")) {
      poisonIsQuarantined(query);
      assertThat(query.restarts()).isZero();
    }
  }

  @Test
  void theSameHoldsWhereAllRequestsOfAnEpochAreReadAgain() throws Exception {
    try (ServingQuery query = start(Doubling.POISONED, rows -> rows.repartition(2), "exact")) {
      poisonIsQuarantined(query);
      assertThat(query.restarts()).isZero();
    }
  }

  @Test
  void theSameHoldsBehindAStepThatCollectsRows() throws Exception {
    Dataset<Row> kinds = spark.sql("SELECT * FROM VALUES (0L), (1L), (2L) AS kinds(kind)");
    UnaryOperator<Dataset<Row>> join =
        rows -> rows.withColumn("kind", col("value").mod(3)).join(kinds.hint("merge"), "kind");
    try (ServingQuery query = start(Doubling.POISONED, join, "unfinished")) {
      poisonIsQuarantined(query);
      assertThat(query.restarts()).isZero();
    }
  }

  private static void poisonIsQuarantined(ServingQuery query) throws Exception {
    List<HttpResponse<String>> replies =
        new TestClient(query).postAll(REQUESTS, CLIENTS, i -> "{\"value\":" + i + "}");
    for (int i = 0; i < REQUESTS; i++) {
      boolean poison = i % POISON_IN == 0;
      assertThat(replies.get(i).statusCode()).as("status of %d", i).isEqualTo(poison ? 500 : 200);
      assertThat(replies.get(i).body())
          .contains(
              poison
                  ? "in 2 attempt(s)\",\"cause\":\"java.lang.IllegalStateException\"}"
                  : "{\"doubled\":" + 2 * i + "}");
    }
    int poison = REQUESTS / POISON_IN;
    await().until(() -> query.counts().orElseThrow().quarantined() == poison); // after the reply
    assertThat(Doubling.failures()).hasSize(poison);
    assertThat(Doubling.failures().values()).containsOnly(MAX_ATTEMPTS);
    assertThat(Doubling.computed()).hasSize(REQUESTS - poison);
    assertThat(Doubling.computed().values()).allMatch(times -> times <= 2);
  }

  @Test
  void aRequestThatFailsOnceIsTriedAgain() throws Exception {
    try (ServingQuery query = start(Doubling.FLAKY, rows -> rows.repartition(2), "unfinished")) {
      List<HttpResponse<String>> replies =
          new TestClient(query).postAll(REQUESTS, CLIENTS, i -> "{\"value\":" + i + "}");
      for (int i = 0; i < REQUESTS; i++) {
        assertThat(replies.get(i).body()).isEqualTo("{\"doubled\":" + 2 * i + "}");
      }
      assertThat(query.counts().orElseThrow().quarantined()).isZero();
      assertThat(query.restarts()).isZero();
    }
  }

  @Test
  void aRequestOfManyRowsIsQuarantinedForOneOfThem() throws Exception {
    try (ServingQuery query = start(Doubling.POISONED, rows -> rows.repartition(2), "unfinished")) {
      List<HttpResponse<String>> replies =
          new TestClient(query).postAll(40, 20, i -> rows("value", 3 * i + 1, 1));
      for (int i = 0; i < 40; i++) {
        int first = 3 * i + 1;
        boolean poison = IntStream.range(first, first + 3).anyMatch(v -> v % POISON_IN == 0);
        assertThat(replies.get(i).statusCode()).as("status of %d", i).isEqualTo(poison ? 500 : 200);
        if (!poison) {
          assertThat(replies.get(i).body()).isEqualTo(rows("doubled", first, 2));
        }
      }
      assertThat(query.restarts()).isZero();
    }
  }

  private static String rows(String name, int first, int multiple) {
    return "[%s,%s,%s]"
        .formatted(
            IntStream.range(first, first + 3)
                .mapToObj(value -> "{\"%s\":%d}".formatted(name, multiple * value))
                .toArray());
  }

  /** Doubles a value, but fails on one in {@value #POISON_IN}: always, or the first time only. */
  enum Doubling implements UDF1<Long, Long> {
    POISONED,
    FLAKY;

    private static final Map<Long, Integer> FAILURES = new ConcurrentHashMap<>();

    private static final Map<Long, Integer> COMPUTED = new ConcurrentHashMap<>();

    /** How often it has computed each value. */
    static Map<Long, Integer> computed() {
      return COMPUTED;
    }

    /** How often it has failed on each value. */
    static Map<Long, Integer> failures() {
      return FAILURES;
    }

    static void forget() {
      FAILURES.clear();
      COMPUTED.clear();
    }

    @Override
    public Long call(Long value) {
      boolean fails = this == POISONED || !FAILURES.containsKey(value);
      if (value % POISON_IN == 0 && fails) {
        FAILURES.merge(value, 1, Integer::sum);
        throw new IllegalStateException("cannot double " + value);
      }
      COMPUTED.merge(value, 1, Integer::sum);
      return 2 * value;
    }
  }
}
