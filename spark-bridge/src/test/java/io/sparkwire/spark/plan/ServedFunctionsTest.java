package io.sparkwire.spark.plan;

import static java.time.Duration.ofSeconds;
import static org.apache.spark.sql.functions.expr;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.sparkwire.intake.ServedServices;
import io.sparkwire.node.ServingNode;
import io.sparkwire.spark.Serving;
import io.sparkwire.spark.ServingQuery;
import io.sparkwire.spark.TestClient;
import io.sparkwire.spark.TestSpark;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.api.java.function.FilterFunction;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.execution.streaming.ContinuousTrigger;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.Trigger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import scala.jdk.javaapi.CollectionConverters;

/** Functions of time and chance in served queries, over real HTTP. */
@ExtendWith(TestSpark.class)
@Timeout(180)
class ServedFunctionsTest {

  private static final ZoneId ZONE = ZoneId.of("Pacific/Kiritimati"); // 14 hours before UTC

  /** Fields of which no two replies may have the same value. */
  private static final Map<String, String> CHANCE =
      Map.of(
          "uuid", "uuid()",
          "rand", "rand()",
          "seeded", "rand(42)",
          "randn", "randn()",
          "uniform", "uniform(0, 1000000000000)",
          "randstr", "randstr(16)",
          "shuffle", "array_join(shuffle(sequence(1, 30)), ' ')",
          "id", "monotonically_increasing_id()");

  /** Without that which Spark itself refuses in streaming queries. */
  private static final Map<String, String> BY_FORMAT_NAME =
      CHANCE.entrySet().stream()
          .filter(function -> !function.getKey().equals("id"))
          .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));

  private static final Map<String, String> TIMES =
      Map.of(
          "current", "unix_micros(current_timestamp())",
          "now", "unix_micros(now())",
          "seconds", "unix_timestamp()",
          "date", "string(current_date())",
          "curdate", "string(curdate())",
          "local", "date_format(localtimestamp(), \"yyyy-MM-dd'T'HH:mm:ss.SSS\")",
          "time", "string(current_time())");

  private final SparkSession spark;
  @TempDir Path checkpoints;

  ServedFunctionsTest(SparkSession spark) {
    this.spark = spark.newSession();
    this.spark.conf().set("spark.sql.session.timeZone", ZONE.getId());
    this.spark.conf().set("spark.sql.timeType.enabled", "true");
  }

  @AfterEach
  void nothingLeaks() {
    assertThat(ServingNode.current().services().all()).isEmpty();
    assertThat(ServingNode.current().history().size()).isZero();
  }

  static Stream<Trigger> triggers() {
    return Stream.of(
        Trigger.ProcessingTime(0), Trigger.RealTime("5 minutes"), Trigger.Continuous("5 minutes"));
  }

  private static String select(Map<String, String> fields) {
    List<String> columns = new ArrayList<>();
    fields.forEach((name, function) -> columns.add(function + " AS `" + name + "`"));
    return String.join(", ", columns);
  }

  private ServingQuery start(String service, Trigger trigger, String columns) {
    return Serving.on(spark)
        .server("127.0.0.1", 0, service)
        .option("partitions", 1)
        .load()
        .parseRequest("value INT NOT NULL")
        .sql(
            "SELECT value, IF(value < 0, raise_error('boom'), 1) AS ok, "
                + columns
                + " FROM requests")
        .transform(rows -> Serving.makeReplyOf(rows, replyColumns(rows.columns())))
        .replyTo(service)
        .trigger(trigger)
        .option("checkpointLocation", checkpoints.resolve(service).toString())
        .start();
  }

  private static List<String> replyColumns(String[] columns) {
    return Stream.of(columns).filter(name -> !name.equals("id_") && !name.equals("_id")).toList();
  }

  private static JsonObject post(TestClient client, int value) throws Exception {
    return new JsonObject(client.post("{\"value\":" + value + "}").body());
  }

  /** Posts 1, 2, 3, -1, 4, 5, 6, of which the fourth fails; notes what the others got. */
  private static void collect(ServingQuery query, Map<String, List<Object>> seen) throws Exception {
    TestClient client = new TestClient(query);
    for (int value : new int[] {1, 2, 3, -1, 4, 5, 6}) {
      if (value < 0) {
        assertThat(client.post("{\"value\":" + value + "}").statusCode()).isEqualTo(500);
      } else {
        JsonObject reply = post(client, value);
        CHANCE.keySet().forEach(field -> seen.get(field).add(reply.getValue(field)));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("triggers")
  void noValueOfChanceComesTwiceThroughReplaysReplicasRestartsAndServices(Trigger trigger)
      throws Exception {
    Map<String, List<Object>> seen = new HashMap<>();
    CHANCE.keySet().forEach(field -> seen.put(field, new ArrayList<>()));
    try (ServingQuery one = start("chance", trigger, select(CHANCE));
        ServingQuery other = start("chance2", trigger, select(CHANCE))) {
      assertThat(one.queries()).hasSize(2);
      collect(one, seen);
      collect(other, seen);
    }
    try (ServingQuery again = start("chance", trigger, select(CHANCE))) {
      collect(again, seen);
    }
    seen.forEach(
        (field, values) ->
            assertThat(values).as(field).hasSize(18).doesNotContainNull().doesNotHaveDuplicates());
  }

  @ParameterizedTest
  @MethodSource("triggers")
  void theCurrentTimeIsWhenTheRequestWasReceived(Trigger trigger) throws Exception {
    try (ServingQuery query = start("times", trigger, select(TIMES))) {
      TestClient client = new TestClient(query);
      post(client, 1);
      Instant before = Instant.now().truncatedTo(ChronoUnit.MILLIS);
      JsonObject reply = post(client, 2);
      Instant after = Instant.now();
      for (String field : List.of("current", "now")) {
        assertThat(reply.getLong(field))
            .as(field)
            .isBetween(before.toEpochMilli() * 1_000, after.toEpochMilli() * 1_000 + 999);
      }
      assertThat(reply.getLong("seconds"))
          .isBetween(before.getEpochSecond(), after.getEpochSecond());
      Instant received = Instant.EPOCH.plus(reply.getLong("current"), ChronoUnit.MICROS);
      LocalDateTime local = LocalDateTime.ofInstant(received, ZONE);
      assertThat(reply.getString("date")).isEqualTo(local.toLocalDate().toString());
      assertThat(reply.getString("curdate")).isEqualTo(local.toLocalDate().toString());
      assertThat(LocalDateTime.parse(reply.getString("local")))
          .isEqualTo(local.truncatedTo(ChronoUnit.MILLIS));
      assertThat(LocalTime.parse(reply.getString("time"))).isEqualTo(local.toLocalTime());
    }
  }

  /** The replies of a query that knows nothing of the facade; fails on the body "bad". */
  private Dataset<Row> byFormatName() {
    return spark
        .readStream()
        .format("sparkwire")
        .option("service", "named")
        .option("host", "127.0.0.1")
        .option("port", 0)
        .option("partitions", 1)
        .load()
        .selectExpr(
            "id",
            "struct(IF(string(request.entity.content) = 'bad', raise_error('boom'), 1) AS ok, "
                + select(BY_FORMAT_NAME)
                + ", unix_micros(request.receivedAt) AS received, "
                + select(TIMES)
                + ") AS reply");
  }

  private StreamingQuery startByFormatName(Trigger trigger) throws Exception {
    spark.conf().set("spark.sql.streaming.realTimeMode.allowlistCheck", "false");
    return byFormatName()
        .writeStream()
        .format("sparkwire")
        .outputMode("update")
        .trigger(trigger)
        .option("checkpointLocation", checkpoints.resolve("named").toString())
        .start();
  }

  @ParameterizedTest
  @MethodSource("triggers")
  void theSameHoldsByFormatNameOrSparkSaysThatItCannot(Trigger trigger) throws Exception {
    if (trigger instanceof ContinuousTrigger) {
      assertThatThrownBy(() -> startByFormatName(trigger))
          .hasMessageContaining("Continuous processing does not support current time operations");
      return;
    }
    Set<Object> seen = new HashSet<>();
    StreamingQuery query = startByFormatName(trigger);
    try {
      await().atMost(ofSeconds(60)).until(() -> services().find("named") != null);
      TestClient client =
          new TestClient("http://127.0.0.1:" + services().find("named").port() + "/named");
      for (String body : List.of("one", "two", "bad", "three", "four")) {
        HttpResponse<String> response = client.post(body);
        if (body.equals("bad")) {
          assertThat(response.statusCode()).isEqualTo(500);
        } else {
          JsonObject reply = new JsonObject(response.body());
          BY_FORMAT_NAME
              .keySet()
              .forEach(field -> assertThat(seen.add(reply.getValue(field))).as(field).isTrue());
          assertThat(reply.getLong("current")).isEqualTo(reply.getLong("received"));
          assertThat(reply.getLong("now")).isEqualTo(reply.getLong("received"));
        }
      }
    } finally {
      query.stop();
    }
  }

  private static ServedServices services() {
    return ServingNode.current().services();
  }

  private Dataset<Row> requests() {
    return Serving.on(spark)
        .server("127.0.0.1", 0, "planned")
        .load()
        .parseRequest("value INT NOT NULL")
        .dataset();
  }

  private static String served(Dataset<Row> rows) {
    return plan(ServedPlan.of(rows)).toString();
  }

  private static LogicalPlan plan(Dataset<Row> rows) {
    return ((org.apache.spark.sql.classic.Dataset<Row>) rows).queryExecution().analyzed();
  }

  @Test
  void aPlanWithoutSuchFunctionsStaysAsItIs() {
    Dataset<Row> rows =
        Serving.makeReply(
            requests().withColumn("doubled", expr("value * 2 + length(current_user())")),
            "doubled");
    assertThat(ServedPlan.of(rows)).isSameAs(rows);
    assertThat(ServedPlan.of(plan(rows))).isSameAs(plan(rows));
  }

  @Test
  void theTimeComesAlongThroughJoinsViewsAndSubqueriesThatDropTheRequest() {
    spark.range(3).selectExpr("int(id) AS value", "id AS n").createOrReplaceTempView("stock");
    Dataset<Row> rows =
        Serving.sql(
            requests(),
            "WITH r AS (SELECT value FROM requests WHERE current_timestamp() > '2020-01-01')"
                + " SELECT r.value, s.n, item, current_date() AS d, now() AS t FROM r"
                + " LEFT JOIN stock s ON r.value = s.value AND current_date() > '2020-01-01'"
                + " LATERAL VIEW explode(array(1)) items AS item WHERE now() > '2020-01-01'");
    assertThat(served(rows)).contains("receivedAt").doesNotContain("RequestClock");
    assertThat(ServedPlan.epochTimes(plan(ServedPlan.of(rows)))).isEmpty();
    assertThat(ServedPlan.of(rows).columns()).isEqualTo(rows.columns());
  }

  @Test
  void aboveAStepThatSparkCannotSeeThroughTheTimeIsWhenTheRowIsComputed() {
    Dataset<Row> typed =
        requests().select("id", "value").filter((FilterFunction<Row>) row -> row.getInt(1) > 0);
    Dataset<Row> mapped =
        typed.mapPartitions((MapPartitionsFunction<Row, Row>) all -> all, typed.encoder());
    Dataset<Row> rows = mapped.withColumn("t", expr("current_timestamp()"));
    assertThat(served(rows)).contains("RequestClock");
    assertThat(ServedPlan.epochTimes(plan(ServedPlan.of(rows)))).isEmpty();
  }

  @Test
  void whereNoRequestIsAtHandTheTimeStaysThatOfTheEpoch() {
    Dataset<Row> day = spark.range(1).selectExpr("current_date() AS day", "uuid() AS token");
    Dataset<Row> joined = requests().crossJoin(day);
    assertThat(ServedPlan.epochTimes(plan(ServedPlan.of(joined)))).containsExactly("DATE");
    assertThat(ServedPlan.of(joined)).isSameAs(joined);
    Dataset<Row> counted =
        requests().groupBy("value").agg(expr("max(now()) AS last")).withColumn("u", expr("uuid()"));
    assertThat(served(counted)).contains("uuid").contains("FreshValues");
    assertThat(ServedPlan.epochTimes(plan(ServedPlan.of(counted)))).containsExactly("TIMESTAMP");
  }

  @Test
  void anOuterJoinsRowsWithoutARequestHaveATime() {
    Dataset<Row> stock = spark.range(3).selectExpr("int(id) AS value");
    Dataset<Row> rows =
        requests()
            .join(stock, CollectionConverters.asScala(List.of("value")).toSeq(), "right_outer")
            .withColumn("t", expr("current_timestamp()"));
    assertThat(served(rows)).contains("RequestClock");
  }
}
