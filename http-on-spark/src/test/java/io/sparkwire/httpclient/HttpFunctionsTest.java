package io.sparkwire.httpclient;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkwire.spark.SparkwireExtensions;
import io.sparkwire.spark.TestSpark;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class HttpFunctionsTest {

  /** A session as one gets it with the option, beside the one of the other tests. */
  private static SparkSession extended() {
    SparkContext context = TestSpark.session().sparkContext();
    context.conf().set("spark.sql.extensions", SparkwireExtensions.class.getName());
    try {
      return new org.apache.spark.sql.classic.SparkSession(context);
    } finally {
      context.conf().remove("spark.sql.extensions");
    }
  }

  private static TestService doubling() {
    return TestService.slow(5, HttpFunctionsTest::twice);
  }

  private static void twice(HttpServerRequest request) {
    long value = Long.parseLong(request.getParam("v"));
    request.response().end("{\"twice\":" + 2 * value + "}");
  }

  private static String query(TestService service, String select) {
    return "SELECT id, %s FROM (SELECT id, http_request('GET', concat('%s?v=', id)) AS r FROM range(0, 200, 1, 1))"
        .formatted(select, service.url());
  }

  private static List<Long> evens() {
    return LongStream.range(0, 200).mapToObj(i -> 2 * i).toList();
  }

  @Test
  void sqlCallsManyAtOnce() {
    try (TestService service = TestService.together(32, HttpFunctionsTest::twice)) {
      Dataset<Row> rows =
          extended()
              .sql(
                  query(
                      service,
                      "http_response_json(http_call(r, map('concurrency', '32')), 'twice BIGINT').twice AS twice"));
      assertThat(rows.collectAsList())
          .extracting(row -> row.getLong(1))
          .containsExactlyInAnyOrderElementsOf(evens());
      assertThat(service.requests()).isEqualTo(200);
      assertThat(service.mostInFlight()).isEqualTo(32);
    }
  }

  @Test
  void theFieldsOfOneCallCostOneCall() {
    try (TestService service = doubling()) {
      Dataset<Row> rows =
          extended()
              .sql(
                  "SELECT id, c.statusLine.statusCode, c.error, string(c.entity.content) FROM ("
                      + query(service, "http_call(r) AS c")
                      + ")");
      assertThat(rows.collectAsList())
          .allSatisfy(
              row -> {
                assertThat(row.getInt(1)).isEqualTo(200);
                assertThat(row.isNullAt(2)).isTrue();
                assertThat(row.getString(3)).isEqualTo("{\"twice\":" + 2 * row.getLong(0) + "}");
              });
      assertThat(service.requests()).isEqualTo(200);
    }
  }

  @Test
  void aCallMayBeInAFilter() {
    try (TestService service = TestService.together(2, HttpFunctionsTest::twice)) {
      Dataset<Row> rows =
          extended()
              .sql(
                  query(service, "r")
                      + " WHERE http_response_json(http_call(r), 'twice INT').twice < 20");
      assertThat(rows.collectAsList()).hasSize(10);
      assertThat(service.mostInFlight()).isGreaterThan(1);
    }
  }

  @Test
  void aCallWithinAConditionIsMadeOnlyWhereItHolds() {
    try (TestService service = doubling()) {
      Dataset<Row> rows =
          extended().sql(query(service, "IF(id < 3, http_call(r).statusLine.statusCode, 0) AS s"));
      assertThat(rows.collectAsList()).hasSize(200);
      assertThat(service.requests()).isEqualTo(3);
    }
  }

  @Test
  void withoutTheExtensionCallsAreMadeOneByOne() {
    try (TestService service = doubling()) {
      Dataset<Row> rows =
          TestSpark.session()
              .range(0, 20, 1, 1)
              .select(
                  HttpFunctions.httpResponseJson(
                          HttpFunctions.httpCall(
                              HttpFunctions.httpRequest(
                                  lit("GET"), concat(lit(service.url("?v=")), col("id")))),
                          DataType.fromDDL("twice BIGINT"))
                      .getField("twice"));
      assertThat(rows.collectAsList())
          .extracting(row -> row.getLong(0))
          .containsExactlyElementsOf(evens().subList(0, 20));
      assertThat(service.mostInFlight()).isEqualTo(1);
    }
  }

  @Test
  void aFailedCallHasAnError() {
    Row row =
        extended()
            .sql("SELECT http_call(http_request('GET', 'nowhere')) AS c")
            .select("c.statusLine", "c.error.attempts", "c.error.exception")
            .head();
    assertThat(row.isNullAt(0)).isTrue();
    assertThat(row.getInt(1)).isZero();
    assertThat(row.getString(2)).isEqualTo("java.lang.IllegalArgumentException");
  }

  @Test
  void anUnknownOptionIsNamed() {
    assertThatThrownBy(
            () ->
                extended()
                    .sql("SELECT http_call(http_request('GET', 'x'), map('speed', '9'))")
                    .collectAsList())
        .hasMessageContaining("HttpTransformer has no param 'speed'");
  }
}
