package io.sparkwire.httpclient;

import static io.sparkwire.httpclient.FaultyCalls.ANSWER;
import static io.sparkwire.httpclient.FaultyCalls.OURS;
import static io.sparkwire.httpclient.FaultyCalls.calls;
import static io.sparkwire.httpclient.FaultyCalls.error;

import io.sparkwire.spark.TestSpark;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Bodies that are too large, encoded or not what was expected, and what the error column says. */
@ExtendWith(TestSpark.class)
@Timeout(60)
class BodyFaultsTest {

  private final FaultyCalls rows;

  BodyFaultsTest(SparkSession spark) {
    this.rows = new FaultyCalls(spark);
  }

  @Test
  void aBodyOverTheLimit() {
    try (TestService service = TestService.http(r -> r.response().end("x".repeat(100_000)))) {
      rows.everyRowFails(
          calls(service.url()).setMaxBody(20),
          error(200, 1, OURS + "BodyTooLargeException", "the 20 bytes", "x".repeat(20)));
    }
  }

  @Test
  void aBodyOverTheLimitOnceDecompressed() {
    try (TestService service = TestService.gzip(r -> r.response().end("x".repeat(5_000_000)))) {
      rows.everyRowFails(
          calls(service.url()).setMaxBody(1_000_000),
          error(200, 1, OURS + "BodyTooLargeException", "1000000 bytes", "x".repeat(1_000)));
    }
  }

  @Test
  void noJson() {
    try (TestService service = TestService.http(r -> r.response().end("{\"twice\": 14"))) {
      rows.everyRowFails(
          calls(service.url()),
          error(200, 1, OURS + "InvalidBodyException", "not valid JSON", "{\"twice\": 14"));
    }
  }

  @Test
  void jsonWithMoreAfterIt() {
    try (TestService service = TestService.http(r -> r.response().end(ANSWER + "}"))) {
      rows.everyRowFails(
          calls(service.url()),
          error(200, 1, OURS + "InvalidBodyException", "not valid JSON", ANSWER + "}"));
    }
  }

  @Test
  void jsonOfAnotherType() {
    String other = "{\"twice\": \"many\"}";
    try (TestService service = TestService.http(r -> r.response().end(other))) {
      rows.everyRowFails(
          calls(service.url()),
          error(200, 1, OURS + "InvalidBodyException", "does not fit the type", other));
    }
  }

  @Test
  void jsonNull() {
    try (TestService service = TestService.http(r -> r.response().end("null"))) {
      rows.everyRowFails(
          calls(service.url()), error(200, 1, OURS + "NoValueException", "no value", "null"));
    }
  }

  @Test
  void gzip() {
    try (TestService service = TestService.gzip(FaultyCalls::ok)) {
      rows.everyRowSucceeds(calls(service.url()));
    }
  }

  @Test
  void brokenGzip() {
    try (TestService service =
        TestService.http(
            r -> r.response().putHeader("Content-Encoding", "gzip").end("this is no gzip"))) {
      rows.everyRowFails(
          calls(service.url()),
          error(200, 1, OURS + "InvalidBodyException", "cannot be decoded", ""));
    }
  }

  @Test
  void chunked() {
    try (TestService service =
        TestService.http(
            r -> {
              r.response().setChunked(true).write("{\"twice\"");
              r.response().write(": 14");
              r.response().end("}");
            })) {
      rows.everyRowSucceeds(calls(service.url()));
    }
  }
}
