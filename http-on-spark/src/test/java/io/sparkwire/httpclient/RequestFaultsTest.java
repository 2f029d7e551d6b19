package io.sparkwire.httpclient;

import static io.sparkwire.httpclient.FaultyCalls.ANSWER;
import static io.sparkwire.httpclient.FaultyCalls.OURS;
import static io.sparkwire.httpclient.FaultyCalls.calls;
import static io.sparkwire.httpclient.FaultyCalls.error;
import static org.assertj.core.api.Assertions.assertThat;

import io.sparkwire.spark.TestSpark;
import java.io.IOException;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Requests that cannot be made, and functions of the user that fail: the row gets an error, no
 * request is sent.
 */
@ExtendWith(TestSpark.class)
@Timeout(60)
class RequestFaultsTest {

  private final FaultyCalls rows;
  private final SparkSession spark;

  RequestFaultsTest(SparkSession spark) {
    this.rows = new FaultyCalls(spark);
    this.spark = spark;
  }

  @Test
  void aUrlThatIsNone() {
    rows.everyRowFails(
        calls("localhost:8080/x"),
        error(
            null,
            0,
            IllegalArgumentException.class.getName(),
            "must begin with http:// or https://",
            null));
  }

  @Test
  void aHeaderThatHttpDoesNotAllow() {
    try (TestService service = TestService.http(FaultyCalls::ok)) {
      for (String value : List.of("a\r\nb", "a\u0000b", "東京", "a\u007fb")) {
        SimpleHttpTransformer stage = calls(service.url());
        stage.setHeaders(java.util.Map.of("X-Bad", value));
        rows.everyRowFails(
            stage,
            error(null, 0, IllegalArgumentException.class.getName(), "field 'X-Bad' has a", null));
      }
      SimpleHttpTransformer stage = calls(service.url());
      stage.setHeaders(java.util.Map.of("X Bad", "a"));
      rows.everyRowFails(
          stage,
          error(null, 0, IllegalArgumentException.class.getName(), "must be a token, got", null));
      assertThat(service.requests()).isZero();
    }
  }

  @Test
  void aFunctionThatFails() {
    CustomInputParser failing =
        new CustomInputParser()
            .setFunction(
                (Long value) -> {
                  throw new IOException("no request of " + value);
                });
    rows.everyRowFails(
        calls("http://127.0.0.1:1/").setInputParser(failing),
        error(null, 0, IOException.class.getName(), "no request of", null));
    try (TestService service = TestService.http(FaultyCalls::ok)) {
      CustomOutputParser parser =
          new CustomOutputParser()
              .setFunction(
                  response -> {
                    throw new IOException("no value of it");
                  },
                  DataTypes.LongType);
      rows.everyRowFails(
          calls(service.url()).setOutputParser(parser),
          error(200, 1, IOException.class.getName(), "no value of it", ANSWER));
    }
  }

  @Test
  void aProviderOfCredentialsThatFails() {
    try (TestService service = TestService.http(FaultyCalls::ok)) {
      SimpleHttpTransformer stage = calls(service.url());
      stage.setAuthorization(
          () -> {
            throw new IOException("the vault is shut");
          });
      rows.everyRowFails(
          stage, error(null, 0, IOException.class.getName(), "the vault is shut", null));
      assertThat(service.requests()).isZero();
    }
  }

  @Test
  void nullIsNotSent() {
    try (TestService service = TestService.http(FaultyCalls::ok)) {
      Row row =
          calls(service.url())
              .transform(spark.sql("SELECT CAST(NULL AS BIGINT) AS value"))
              .collectAsList()
              .get(0);
      assertThat(row.isNullAt(1)).isTrue();
      error(null, 0, OURS + "NoValueException", "null", null).accept(row.getStruct(2));
      assertThat(service.requests()).isZero();
    }
  }
}
