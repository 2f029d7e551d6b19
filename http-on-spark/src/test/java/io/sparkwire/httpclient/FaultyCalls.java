package io.sparkwire.httpclient;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** A few rows with one call each to a service that misbehaves, and what becomes of them. */
final class FaultyCalls {

  /** The package that the documented names of failures have. */
  static final String OURS = "io.sparkwire.httpclient.";

  static final int ROWS = 6;
  static final String ANSWER = "{\"twice\": 14}";

  private final SparkSession spark;

  FaultyCalls(SparkSession spark) {
    this.spark = spark;
  }

  static SimpleHttpTransformer calls(String url) {
    return new SimpleHttpTransformer()
        .setInputCol("value")
        .setOutputCol("answer")
        .setErrorCol("error")
        .setUrl(url)
        .setOutputParser(new JsonOutputParser().setDataType("twice BIGINT"))
        .setIdempotent(true)
        .setRetries(2)
        .setBackoff(Duration.ofMillis(10));
  }

  List<Row> run(SimpleHttpTransformer stage) {
    List<Row> rows =
        stage
            .transform(spark.range(ROWS).select(col("id").as("value")).coalesce(2))
            .collectAsList();
    assertThat(rows)
        .extracting(row -> row.getLong(0))
        .containsExactlyInAnyOrder(0L, 1L, 2L, 3L, 4L, 5L);
    return rows;
  }

  void everyRowSucceeds(SimpleHttpTransformer stage) {
    assertThat(run(stage))
        .allSatisfy(
            row -> {
              assertThat(row.getStruct(1).getLong(0)).isEqualTo(14);
              assertThat(row.isNullAt(2)).as("no error").isTrue();
            });
  }

  void everyRowFails(SimpleHttpTransformer stage, Consumer<Row> check) {
    assertThat(run(stage))
        .allSatisfy(
            row -> {
              assertThat(row.isNullAt(1)).as("no value").isTrue();
              check.accept(row.getStruct(2));
            });
  }

  static Consumer<Row> error(
      Integer status, int attempts, String exception, String message, String body) {
    return error -> {
      assertThat(error.<Integer>getAs("status")).isEqualTo(status);
      assertThat(error.<Integer>getAs("attempts")).isEqualTo(attempts);
      assertThat(error.<String>getAs("exception")).isEqualTo(exception);
      assertThat(error.<String>getAs("message")).contains(message);
      assertThat(error.<String>getAs("body")).isEqualTo(body);
    };
  }

  static void ok(HttpServerRequest request) {
    request.response().end(ANSWER);
  }
}
