package io.sparkwire.httpclient;

import static org.apache.spark.ml.functions.array_to_vector;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkwire.spark.TestSpark;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.Metadata;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestSpark.class)
@Timeout(60)
class SimpleHttpTransformerTest {

  private final SparkSession spark;

  SimpleHttpTransformerTest(SparkSession spark) {
    this.spark = spark;
  }

  private static void echo(HttpServerRequest request) {
    request.body().onSuccess(request.response()::end);
  }

  private static SimpleHttpTransformer calls(TestService service) {
    return new SimpleHttpTransformer()
        .setInputCol("value")
        .setOutputCol("answer")
        .setUrl(service.url());
  }

  private Dataset<Row> rows(int number) {
    return spark.range(0, number, 1, 1).select(col("id").as("value"));
  }

  @Test
  void valuesOfEveryKindAreSentAsJson() {
    Map<String, String> bodies = new LinkedHashMap<>();
    bodies.put("named_struct('a', 1, 'b', 'x')", "{\"a\":1,\"b\":\"x\"}");
    bodies.put("array(1, 2)", "[1,2]");
    bodies.put("map('k', 1.5D)", "{\"k\":1.5}");
    bodies.put("'a \"quoted\" text'", "\"a \\\"quoted\\\" text\"");
    bodies.put("42L", "42");
    bodies.put("true", "true");
    bodies.put("-0.0D", "-0.0");
    bodies.put("X'6869'", "\"aGk=\"");
    bodies.put("TIMESTAMP '2026-01-31 12:30:00.123456'", "\"2026-01-31T12:30:00.123456Z\"");
    bodies.put(
        "array(TIMESTAMP_NTZ '2026-01-31 12:30:00.000001')", "[\"2026-01-31T12:30:00.000001\"]");
    bodies.put("map(DATE '2026-01-31', 1)", "{\"2026-01-31\":1}");
    bodies.put("array(array_to_vector(array(1D, -0D)))", "[[1.0,-0.0]]");
    try (TestService service = TestService.http(SimpleHttpTransformerTest::echo)) {
      bodies.forEach(
          (value, body) -> {
            Row row = calls(service).transform(rows(1).select(value(value))).head();
            assertThat(row.getString(1)).isEqualTo(body);
          });
    }
  }

  private static Column value(String expression) {
    return expression.contains("array_to_vector")
        ? array(array_to_vector(expr("array(1D, -0D)"))).as("value")
        : expr(expression).as("value");
  }

  @Test
  void whatJsonHasNoFormForIsRefusedBeforeACall() {
    Dataset<Row> twice = rows(1).select(expr("named_struct('a', 1, 'a', 2)").as("value"));
    try (TestService service = TestService.http(SimpleHttpTransformerTest::echo)) {
      assertThatThrownBy(() -> calls(service).transform(twice))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("'value' has two fields named 'a'");
      assertThat(service.requests()).isZero();
    }
  }

  /** In another order than asked. */
  private static void echoLater(HttpServerRequest request, Buffer body) {
    long millis = 1 + Long.parseLong(body.toString()) * 7919 % 20;
    Vertx.currentContext().owner().setTimer(millis, id -> request.response().end(body));
  }

  @Test
  void orderIsKeptIfAsked() {
    try (TestService service =
        TestService.together(
            8, request -> request.body().onSuccess(body -> echoLater(request, body)))) {
      List<Row> answers =
          calls(service)
              .setOutputParser(new JsonOutputParser().setDataType("BIGINT"))
              .setOrdered(true)
              .setConcurrency(16)
              .transform(rows(300))
              .collectAsList();
      assertThat(answers).extracting(row -> row.getLong(1)).containsExactlyElementsOf(upTo(300));
      assertThat(service.mostInFlight()).isBetween(8, 16);
    }
  }

  private static List<Long> upTo(int end) {
    return IntStream.range(0, end).mapToObj(i -> (long) i).toList();
  }

  @Test
  void concurrencyBoundsTheCallsInFlight() {
    try (TestService service = TestService.slow(5, SimpleHttpTransformerTest::echo)) {
      assertThat(calls(service).setConcurrency(1).transform(rows(30)).collectAsList()).hasSize(30);
      assertThat(service.mostInFlight()).isEqualTo(1);
    }
    try (TestService service = TestService.together(8, SimpleHttpTransformerTest::echo)) {
      assertThat(calls(service).setConcurrency(8).transform(rows(100)).collectAsList())
          .hasSize(100);
      assertThat(service.mostInFlight()).isEqualTo(8);
    }
  }

  @Test
  void rowsTravelTogetherInMiniBatches() {
    try (TestService service = TestService.http(SimpleHttpTransformerTest::echo)) {
      List<Row> answers =
          calls(service)
              .setOutputParser(new JsonOutputParser().setDataType("BIGINT"))
              .setBatchSize(10)
              .setBatchWait(Duration.ofSeconds(1))
              .setOrdered(true)
              .transform(rows(100))
              .collectAsList();
      assertThat(answers).extracting(row -> row.getLong(1)).containsExactlyElementsOf(upTo(100));
      assertThat(service.requests()).isEqualTo(10);
    }
  }

  @Test
  void aMiniBatchThatDoesNotFillGoesAllTheSame() {
    try (TestService service = TestService.http(SimpleHttpTransformerTest::echo)) {
      List<Row> answers =
          calls(service)
              .setBatchSize(10)
              .setBatchWait(Duration.ofMillis(20))
              .setFlattenOutput(false)
              .transform(rows(3))
              .collectAsList();
      assertThat(answers).extracting(row -> row.getString(1)).containsOnly("[0,1,2]");
    }
  }

  @Test
  void aMiniBatchWithTooFewAnswersFailsAllItsRows() {
    try (TestService service = TestService.http(r -> r.response().end("[1, 2]"))) {
      List<Row> answers = calls(service).setBatchSize(3).transform(rows(3)).collectAsList();
      assertThat(answers)
          .allSatisfy(
              row -> {
                assertThat(row.isNullAt(1)).isTrue();
                assertThat(row.getStruct(2).<String>getAs("message"))
                    .isEqualTo("the answer to a batch of 3 has 2 elements");
              });
    }
  }

  @Test
  void stagesMayFollowEachOther() {
    try (TestService service = TestService.http(SimpleHttpTransformerTest::echo)) {
      Dataset<Row> twice =
          calls(service)
              .setInputCol("answer")
              .setOutputCol("again")
              .transform(calls(service).transform(rows(50)).drop("answer_error"));
      assertThat(twice.columns()).containsExactly("value", "answer", "again", "again_error");
      assertThat(twice.collectAsList())
          .hasSize(50)
          .allSatisfy(
              row -> {
                assertThat(row.getString(1)).isEqualTo("" + row.getLong(0));
                assertThat(row.getString(2)).isEqualTo("\"" + row.getLong(0) + "\"");
              });
    }
  }

  @Test
  void otherColumnsKeepValuesTypesAndMetadata() {
    try (TestService service = TestService.http(SimpleHttpTransformerTest::echo)) {
      Metadata metadata = Metadata.fromJson("{\"of\":\"the column\"}");
      Dataset<Row> rows =
          rows(40)
              .select(
                  col("value"),
                  expr("current_date()").as("day", metadata),
                  expr("array(named_struct('x', string(value)))").as("nested"),
                  expr("IF(value % 2 = 0, NULL, decimal(value))").as("perhaps"));
      Dataset<Row> result = calls(service).setOrdered(true).transform(rows);
      assertThat(result.schema().apply("day").metadata()).isEqualTo(metadata);
      assertThat(result.select("value", "day", "nested", "perhaps").collectAsList())
          .isEqualTo(rows.collectAsList());
    }
  }

  @Test
  void someFieldsOfAStructMayBeReadAlone() {
    try (TestService service = TestService.http(SimpleHttpTransformerTest::echo)) {
      Dataset<Row> rows =
          rows(3)
              .selectExpr("named_struct('a', 'x', 'b', named_struct('c', 1, 'd', value)) AS value");
      Dataset<Row> requests =
          new JsonInputParser()
              .setInputCol("value")
              .setOutputCol("request")
              .setUrl(service.url())
              .transform(rows);
      Dataset<Row> responses =
          new HttpTransformer().setInputCol("request").setOutputCol("response").transform(requests);
      List<Row> read =
          responses
              .selectExpr(
                  "value.b.d",
                  "response.statusLine.statusCode",
                  "response.headers.value",
                  "response.entity.contentLength",
                  "response_error.message")
              .collectAsList();
      assertThat(read)
          .allSatisfy(
              row -> {
                assertThat(row.getLong(0)).isBetween(0L, 2L);
                assertThat(row.getInt(1)).isEqualTo(200);
                assertThat(row.getList(2)).containsExactly("27");
                assertThat(row.getLong(3)).isEqualTo(27);
                assertThat(row.isNullAt(4)).isTrue();
              });
    }
  }

  @Test
  void aLimitEndsTheCallsWhoseRowsAreNotNeeded() {
    try (TestService service = TestService.slow(2, SimpleHttpTransformerTest::echo)) {
      assertThat(
              calls(service).setConcurrency(4).transform(rows(100_000)).limit(10).collectAsList())
          .hasSize(10);
      assertThat(service.requests()).isLessThan(1_000);
      assertThat(Thread.getAllStackTraces().keySet())
          .noneMatch(thread -> thread.getName().endsWith(" feeder"));
    }
  }
}
