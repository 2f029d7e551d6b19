package io.sparkwire.httpclient;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;

import io.sparkwire.TestPorts;
import io.sparkwire.httpclient.calls.HttpCall;
import io.sparkwire.spark.TestSpark;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SelfSignedCertificate;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Every way in which a service can misbehave, each by a service that does: the job continues, no
 * row is lost, and the error column says what happened.
 */
@ExtendWith(TestSpark.class)
@Timeout(60)
class FaultTableTest {

  /** The package that the documented names of failures have. */
  private static final String OURS = "io.sparkwire.httpclient.";

  private static final int ROWS = 6;
  private static final String ANSWER = "{\"twice\": 14}";

  private final SparkSession spark;

  FaultTableTest(SparkSession spark) {
    this.spark = spark;
  }

  private static SimpleHttpTransformer calls(String url) {
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

  private List<Row> run(SimpleHttpTransformer stage) {
    List<Row> rows =
        stage
            .transform(spark.range(ROWS).select(col("id").as("value")).coalesce(2))
            .collectAsList();
    assertThat(rows)
        .extracting(row -> row.getLong(0))
        .containsExactlyInAnyOrder(0L, 1L, 2L, 3L, 4L, 5L);
    return rows;
  }

  private void everyRowSucceeds(SimpleHttpTransformer stage) {
    assertThat(run(stage))
        .allSatisfy(
            row -> {
              assertThat(row.getStruct(1).getLong(0)).isEqualTo(14);
              assertThat(row.isNullAt(2)).as("no error").isTrue();
            });
  }

  private void everyRowFails(SimpleHttpTransformer stage, Consumer<Row> check) {
    assertThat(run(stage))
        .allSatisfy(
            row -> {
              assertThat(row.isNullAt(1)).as("no value").isTrue();
              check.accept(row.getStruct(2));
            });
  }

  private static Consumer<Row> error(
      Integer status, int attempts, String exception, String message, String body) {
    return error -> {
      assertThat(error.<Integer>getAs("status")).isEqualTo(status);
      assertThat(error.<Integer>getAs("attempts")).isEqualTo(attempts);
      assertThat(error.<String>getAs("exception")).isEqualTo(exception);
      assertThat(error.<String>getAs("message")).contains(message);
      assertThat(error.<String>getAs("body")).isEqualTo(body);
    };
  }

  private static void ok(HttpServerRequest request) {
    request.response().end(ANSWER);
  }

  @Test
  void connectionRefused() {
    everyRowFails(
        calls("http://127.0.0.1:" + TestPorts.next(1) + "/"),
        error(null, 3, java.net.ConnectException.class.getName(), "Connection refused", null));
  }

  @Test
  void resetInTheMiddleOfTheBody() {
    try (TestService service =
        TestService.raw(
            socket -> {
              socket.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"twice\"");
              socket.close();
            })) {
      everyRowFails(
          calls(service.url()),
          error(200, 3, java.net.SocketException.class.getName(), "closed before", "{\"twice\""));
    }
  }

  @Test
  void timeOutOfEachAttempt() {
    try (TestService service = TestService.http(request -> {})) {
      everyRowFails(
          calls(service.url()).setRequestTimeout(Duration.ofMillis(100)),
          error(null, 3, OURS + "CallTimeoutException", "no whole answer within 100 ms", null));
    }
  }

  @Test
  void timeOutInTheMiddleOfTheBody() {
    try (TestService service =
        TestService.http(r -> r.response().setChunked(true).write("{\"twi"))) {
      everyRowFails(
          calls(service.url()).setRequestTimeout(Duration.ofMillis(300)).setRetries(0),
          error(200, 1, OURS + "CallTimeoutException", "no whole answer within", "{\"twi"));
    }
  }

  @Test
  void timeOutOfTheWholeCall() {
    try (TestService service = TestService.http(request -> {})) {
      everyRowFails(
          calls(service.url()).setTotalTimeout(Duration.ofMillis(200)).setRetries(100),
          error(null, 1, OURS + "CallTimeoutException", "no whole answer within", null));
    }
  }

  @Test
  void aNameThatDoesNotExist() {
    everyRowFails(
        calls("http://nobody.invalid/"),
        error(null, 3, java.net.UnknownHostException.class.getName(), "nobody.invalid", null));
  }

  @Test
  void tooManyRequestsWithRetryAfter() {
    AtomicInteger asked = new AtomicInteger();
    try (TestService service =
        TestService.http(
            request -> {
              if (asked.getAndIncrement() < ROWS) {
                request.response().setStatusCode(429).putHeader("Retry-After", "1").end("later");
              } else {
                ok(request);
              }
            })) {
      long begin = System.nanoTime();
      everyRowSucceeds(calls(service.url()));
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(Duration.ofSeconds(1));
    }
  }

  @Test
  void retryAfterAsADate() {
    AtomicInteger asked = new AtomicInteger();
    try (TestService service =
        TestService.http(
            request -> {
              if (asked.getAndIncrement() < ROWS) {
                String soon =
                    ZonedDateTime.now(ZoneOffset.UTC)
                        .plusSeconds(2)
                        .format(DateTimeFormatter.RFC_1123_DATE_TIME);
                request.response().setStatusCode(503).putHeader("Retry-After", soon).end();
              } else {
                ok(request);
              }
            })) {
      everyRowSucceeds(calls(service.url()));
    }
  }

  @Test
  void retryAfterBeyondTheDeadlineIsNotWaitedFor() {
    try (TestService service =
        TestService.http(
            request ->
                request.response().setStatusCode(503).putHeader("Retry-After", "3600").end("no"))) {
      everyRowFails(
          calls(service.url()),
          error(503, 1, OURS + "UnexpectedStatusException", "503 Service Unavailable", "no"));
    }
  }

  @Test
  void tooManyRequestsWithoutRetryAfter() {
    try (TestService service =
        TestService.http(request -> request.response().setStatusCode(429).end("slow down"))) {
      everyRowFails(
          calls(service.url()),
          error(429, 3, OURS + "UnexpectedStatusException", "429 Too Many Requests", "slow down"));
    }
  }

  @Test
  void threeTimes500AndThen200() {
    AtomicInteger asked = new AtomicInteger();
    try (TestService service =
        TestService.http(
            request -> {
              if (asked.getAndIncrement() < 3) {
                request.response().setStatusCode(500).end("oops");
              } else {
                ok(request);
              }
            })) {
      everyRowSucceeds(calls(service.url()).setRetries(3));
      assertThat(service.requests()).isEqualTo(ROWS + 3);
    }
  }

  @Test
  void aPostIsNotRepeatedUnlessItIsSaidToBeIdempotent() {
    try (TestService service =
        TestService.http(request -> request.response().setStatusCode(503).end("busy"))) {
      everyRowFails(
          calls(service.url()).setIdempotent(false),
          error(503, 1, OURS + "UnexpectedStatusException", "503", "busy"));
      assertThat(service.requests()).isEqualTo(ROWS);
    }
  }

  @Test
  void aRedirectOfAPostIsNotFollowed() {
    try (TestService service =
        TestService.http(
            r -> r.response().setStatusCode(302).putHeader("Location", "/there").end())) {
      everyRowFails(
          calls(service.url()), error(302, 1, OURS + "UnexpectedStatusException", "302 Found", ""));
    }
  }

  @Test
  void aRedirectOfAGetIsFollowed() {
    try (TestService service =
        TestService.http(
            request -> {
              if (request.path().equals("/")) {
                request.response().setStatusCode(302).putHeader("Location", "/there").end();
              } else {
                ok(request);
              }
            })) {
      everyRowSucceeds(calls(service.url()).setInputParser(getting(service.url())));
    }
  }

  @Test
  void redirectsInACircleEnd() {
    try (TestService service =
        TestService.http(r -> r.response().setStatusCode(307).putHeader("Location", "/").end())) {
      everyRowFails(
          calls(service.url()).setInputParser(getting(service.url())).setRetries(0),
          error(307, 1, OURS + "UnexpectedStatusException", "307", ""));
      assertThat(service.requests()).isEqualTo(ROWS * 6);
    }
  }

  private static CustomInputParser getting(String url) {
    return new CustomInputParser().setFunction((Long value) -> HttpCall.get(url));
  }

  @Test
  void aBodyOverTheLimit() {
    try (TestService service = TestService.http(r -> r.response().end("x".repeat(100_000)))) {
      everyRowFails(
          calls(service.url()).setMaxBody(20),
          error(200, 1, OURS + "BodyTooLargeException", "the 20 bytes", "x".repeat(20)));
    }
  }

  @Test
  void aBodyOverTheLimitOnceDecompressed() {
    try (TestService service = TestService.gzip(r -> r.response().end("x".repeat(5_000_000)))) {
      everyRowFails(
          calls(service.url()).setMaxBody(1_000_000),
          error(200, 1, OURS + "BodyTooLargeException", "1000000 bytes", "x".repeat(1_000)));
    }
  }

  @Test
  void noJson() {
    try (TestService service = TestService.http(r -> r.response().end("{\"twice\": 14"))) {
      everyRowFails(
          calls(service.url()),
          error(200, 1, OURS + "InvalidBodyException", "not valid JSON", "{\"twice\": 14"));
    }
  }

  @Test
  void jsonWithMoreAfterIt() {
    try (TestService service = TestService.http(r -> r.response().end(ANSWER + "}"))) {
      everyRowFails(
          calls(service.url()),
          error(200, 1, OURS + "InvalidBodyException", "not valid JSON", ANSWER + "}"));
    }
  }

  @Test
  void jsonOfAnotherType() {
    String other = "{\"twice\": \"many\"}";
    try (TestService service = TestService.http(r -> r.response().end(other))) {
      everyRowFails(
          calls(service.url()),
          error(200, 1, OURS + "InvalidBodyException", "does not fit the type", other));
    }
  }

  @Test
  void jsonNull() {
    try (TestService service = TestService.http(r -> r.response().end("null"))) {
      everyRowFails(
          calls(service.url()), error(200, 1, OURS + "NoValueException", "no value", "null"));
    }
  }

  @Test
  void gzip() {
    try (TestService service = TestService.gzip(FaultTableTest::ok)) {
      everyRowSucceeds(calls(service.url()));
    }
  }

  @Test
  void brokenGzip() {
    try (TestService service =
        TestService.http(
            r -> r.response().putHeader("Content-Encoding", "gzip").end("this is no gzip"))) {
      everyRowFails(
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
      everyRowSucceeds(calls(service.url()));
    }
  }

  @Test
  void noHttpAtAll() {
    try (TestService service = TestService.raw(s -> s.end(Buffer.buffer("SSH-2.0-nope\r\n\r\n")))) {
      assertThat(run(calls(service.url()).setRetries(0)))
          .allSatisfy(row -> assertThat(row.getStruct(2).<Object>getAs("exception")).isNotNull());
    }
  }

  @Test
  void tlsWithAnUntrustedCertificate() {
    SelfSignedCertificate certificate = SelfSignedCertificate.create("localhost");
    try (TestService service = TestService.tls(certificate, FaultTableTest::ok)) {
      everyRowFails(
          calls(service.url()),
          error(null, 1, javax.net.ssl.SSLHandshakeException.class.getName(), "certif", null));
      assertThat(service.requests()).isZero();
    } finally {
      certificate.delete();
    }
  }

  @Test
  void tlsWithACertificateThatIsTrusted() throws IOException {
    SelfSignedCertificate certificate = SelfSignedCertificate.create("localhost");
    try (TestService service = TestService.tls(certificate, FaultTableTest::ok)) {
      everyRowSucceeds(calls(service.url()).setTrustedPem(Path.of(certificate.certificatePath())));
    } finally {
      certificate.delete();
    }
  }

  @Test
  void aUrlThatIsNone() {
    everyRowFails(
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
    try (TestService service = TestService.http(FaultTableTest::ok)) {
      for (String value : List.of("a\r\nb", "a\u0000b", "東京", "a\u007fb")) {
        SimpleHttpTransformer stage = calls(service.url());
        stage.setHeaders(java.util.Map.of("X-Bad", value));
        everyRowFails(
            stage,
            error(null, 0, IllegalArgumentException.class.getName(), "field 'X-Bad' has a", null));
      }
      SimpleHttpTransformer stage = calls(service.url());
      stage.setHeaders(java.util.Map.of("X Bad", "a"));
      everyRowFails(
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
    everyRowFails(
        calls("http://127.0.0.1:1/").setInputParser(failing),
        error(null, 0, IOException.class.getName(), "no request of", null));
    try (TestService service = TestService.http(FaultTableTest::ok)) {
      CustomOutputParser parser =
          new CustomOutputParser()
              .setFunction(
                  response -> {
                    throw new IOException("no value of it");
                  },
                  DataTypes.LongType);
      everyRowFails(
          calls(service.url()).setOutputParser(parser),
          error(200, 1, IOException.class.getName(), "no value of it", ANSWER));
    }
  }

  @Test
  void aProviderOfCredentialsThatFails() {
    try (TestService service = TestService.http(FaultTableTest::ok)) {
      SimpleHttpTransformer stage = calls(service.url());
      stage.setAuthorization(
          () -> {
            throw new IOException("the vault is shut");
          });
      everyRowFails(stage, error(null, 0, IOException.class.getName(), "the vault is shut", null));
      assertThat(service.requests()).isZero();
    }
  }

  @Test
  void nullIsNotSent() {
    try (TestService service = TestService.http(FaultTableTest::ok)) {
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
