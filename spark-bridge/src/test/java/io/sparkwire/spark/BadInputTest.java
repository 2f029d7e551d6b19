package io.sparkwire.spark;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sparkwire.http.RawHttp;
import io.sparkwire.node.ServingNode;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The table of bad input in docs/semantics.md, over real HTTP. After each, good requests still
 * work.
 */
@ExtendWith(TestSpark.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadInputTest {

  private static final int MAX_BODY = 4_096;

  private final SparkSession spark;
  private ServingQuery query;

  BadInputTest(SparkSession spark) {
    this.spark = spark;
  }

  @BeforeAll
  void serve() {
    query =
        Serving.on(spark)
            .server("127.0.0.1", 0, "strict")
            .option("partitions", 1)
            .option("max-body", MAX_BODY)
            .option("timeout", "2s")
            .load()
            .parseRequest("value INT NOT NULL, text STRING")
            .transform(rows -> Serving.makeReplyOf(rows, java.util.List.of("value", "text")))
            .replyTo("strict")
            .start();
  }

  @AfterAll
  void stop() {
    query.stop();
  }

  @AfterEach
  void goodRequestsStillWorkAndNothingLeaks() throws IOException {
    try (RawHttp http = new RawHttp(query.port())) {
      RawHttp.Response good = http.post("/strict", "{\"value\":1,\"text\":\"é\"}").receive();
      assertThat(good.status()).isEqualTo(200);
      assertThat(good.body()).isEqualTo("{\"value\":1,\"text\":\"é\"}");
    }
    ServingNode node = ServingNode.current();
    await()
        .atMost(ofSeconds(10))
        .untilAsserted(
            () -> {
              assertThat(node.openExchanges()).isZero();
              assertThat(node.services().find("strict").service().inFlight()).isZero();
              assertThat(node.services().find("strict").current().intake().size()).isZero();
              assertThat(node.history().size()).isZero();
            });
  }

  private RawHttp.Response post(String contentType, byte[] body) throws IOException {
    try (RawHttp http = new RawHttp(query.port())) {
      return http.post("/strict", contentType, body).receive();
    }
  }

  @Test
  void aBodyThatIsDecodedIsReadAsItIsMeant() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write("{\"value\":7}".getBytes(UTF_8));
    }
    try (RawHttp http = new RawHttp(query.port())) {
      http.send(
          "POST /strict HTTP/1.1\r\nHost: t\r\nContent-Encoding: gzip\r\nContent-Length: "
              + bytes.size()
              + "\r\n\r\n");
      http.send(bytes.toByteArray());

      assertThat(http.receive().body()).isEqualTo("{\"value\":7}");
    }
  }

  @Test
  void aBodyWithTheDeclaredEncodingIdentityIsRead() throws IOException {
    try (RawHttp http = new RawHttp(query.port())) {
      http.send(
          "POST /strict HTTP/1.1\r\nHost: t\r\nContent-Encoding: Identity\r\n"
              + "Content-Length: 11\r\n\r\n{\"value\":7}");

      assertThat(http.receive().body()).isEqualTo("{\"value\":7}");
    }
  }

  private static void assertProblem(
      RawHttp.Response response, int status, String type, String detail) {
    assertThat(response.status()).isEqualTo(status);
    assertThat(response.headers()).containsEntry("content-type", "application/problem+json");
    JsonObject problem = new JsonObject(response.body());
    assertThat(problem.getString("type")).isEqualTo("urn:sparkwire:problem:" + type);
    assertThat(problem.getInteger("status")).isEqualTo(status);
    assertThat(problem.getString("detail")).isEqualTo(detail);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"value\":\"x\"}         | field 'value' must be INT, got a string \"x\"",
        "{\"value\":true}          | field 'value' must be INT, got the boolean true",
        "{\"value\":1.5}           | field 'value' must be INT, a whole number, got the number 1.5",
        "{\"value\":3000000000}    | field 'value' must be INT, from -2147483648 to 2147483647, got the number 3000000000",
        "{\"value\":[1]}           | field 'value' must be INT, got an array",
        "{\"text\":\"x\"}          | field 'value' is missing, but the schema declares it NOT NULL",
        "{\"value\":null}          | field 'value' is null, but the schema declares it NOT NULL",
        "{\"value\":1,\"value\":2} | field 'value' must be given once, but was given again",
        "{\"value\":1,\"text\":2}  | field 'text' must be STRING, got the number 2",
        "[1,2]                     | the body must be one JSON object, got an array",
        "7                         | the body must be one JSON object, got the number 7",
        "{\"value\":1} {}          | the body must be one JSON object, got more after it",
        "``                        | the body is empty, but one JSON object is expected"
      })
  void aBodyThatDoesNotFitTheSchemaIs400(String body, String detail) throws IOException {
    assertProblem(
        post("application/json", body.getBytes(StandardCharsets.UTF_8)), 400, "bad-input", detail);
  }

  @Test
  void theProblemNamesFieldExpectationAndValue() throws IOException {
    JsonObject problem =
        new JsonObject(
            post("application/json", "{\"value\":\"x\"}".getBytes(StandardCharsets.UTF_8)).body());
    assertThat(problem.getString("field")).isEqualTo("value");
    assertThat(problem.getString("expected")).isEqualTo("INT");
    assertThat(problem.getString("found")).isEqualTo("a string \"x\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {"{\"value\":1", "{\"value\" 1}", "{'value':1}", "{\"value\":NaN}", "{\"value\":01}"})
  void malformedJsonIs400AndSaysWhere(String body) throws IOException {
    RawHttp.Response response = post("application/json", body.getBytes(StandardCharsets.UTF_8));
    assertThat(response.status()).isEqualTo(400);
    assertThat(new JsonObject(response.body()).getString("detail"))
        .startsWith("the body is not valid JSON: ")
        .matches(".*line 1, column \\d+.*")
        .doesNotContain("Source");
  }

  @Test
  void missingNullableFieldsAreNullAndUnknownOnesIgnored() throws IOException {
    RawHttp.Response response =
        post("application/json", "{\"value\":1,\"other\":[{}]}".getBytes(StandardCharsets.UTF_8));
    assertThat(response.status()).isEqualTo(200);
    assertThat(response.body()).isEqualTo("{\"value\":1}");
  }

  @Test
  void invalidUtf8Is400() throws IOException {
    byte[] body = "{\"value\":1,\"text\":\"?\"}".getBytes(StandardCharsets.UTF_8);
    body[body.length - 3] = (byte) 0xff;
    RawHttp.Response response = post("application/json", body);
    assertThat(response.status()).isEqualTo(400);
    assertThat(response.body()).contains("UTF-8");
  }

  @Test
  void deepNestingIs400() throws IOException {
    String deep = "{\"other\":" + "[".repeat(2_000) + "]".repeat(2_000) + ",\"value\":1}";
    RawHttp.Response response = post("application/json", deep.getBytes(StandardCharsets.UTF_8));
    assertThat(response.status()).isEqualTo(400);
    assertThat(response.body()).contains("nesting depth");
  }

  @Test
  void anotherContentTypeIs415() throws IOException {
    assertProblem(
        post("text/csv", "value".getBytes(StandardCharsets.UTF_8)),
        415,
        "unsupported-media-type",
        "this service reads application/json, got Content-Type 'text/csv'");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"application/json; charset=utf-8", "application/vnd.api+json", "APPLICATION/JSON"})
  void anyKindOfJsonIsRead(String contentType) throws IOException {
    assertThat(post(contentType, "{\"value\":1}".getBytes(StandardCharsets.UTF_8)).status())
        .isEqualTo(200);
  }

  @Test
  void noContentTypeIsTakenForJson() throws IOException {
    assertThat(post(null, "{\"value\":1}".getBytes(StandardCharsets.UTF_8)).status())
        .isEqualTo(200);
  }

  @Test
  void aBodyOverTheLimitIs413() throws IOException {
    assertProblem(
        post("application/json", new byte[MAX_BODY + 1]),
        413,
        "body-too-large",
        "the body may have 4096 bytes at most; send less at a time");
  }

  @Test
  void aSlowClientIs408() throws IOException {
    try (RawHttp http = new RawHttp(query.port())) {
      http.send("POST /strict HTTP/1.1\r\nHost: t\r\nContent-Length: 20\r\n\r\n{\"value\":");
      assertProblem(
          http.receive(),
          408,
          "request-timeout",
          "the request was not complete within 2000 ms of its first line");
    }
  }

  @Test
  void aClientThatHangsUpIsForgotten() throws IOException {
    try (RawHttp http = new RawHttp(query.port())) {
      http.send("POST /strict HTTP/1.1\r\nHost: t\r\nContent-Length: 20\r\n\r\n{\"value\":");
      await().atMost(ofSeconds(10)).until(() -> ServingNode.current().openExchanges() > 0);
    }
  }
}
