package io.sparkwire.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sparkwire.exchange.Service;
import io.sparkwire.message.FailureCode;
import io.sparkwire.message.Header;
import io.sparkwire.message.PendingRequest;
import io.sparkwire.message.ServiceFailure;
import io.sparkwire.message.ServiceProtocol;
import io.sparkwire.message.ServiceReply;
import io.sparkwire.message.TestSpec;
import io.sparkwire.version.Release;
import io.sparkwire.wire.MlflowFormat;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The paths of MLflow's scoring protocol, and what failures look like there. */
class MlflowScoringTest {

  private static final String ROWS = "{\"inputs\":[1]}";
  private static final int PIPELINE_STATUS = 418;

  private final ServedNode node = new ServedNode(1);
  private int port;

  @AfterEach
  void stop() {
    node.close();
  }

  /** Serves with the format of each request and its body. */
  private Service echo(TestSpec spec) {
    Service service =
        node.serve(
            spec.build(),
            r ->
                r.answer(
                    ServiceReply.ok(
                        "text/plain", bytes(r.request().format() + new String(body(r), UTF_8)))));
    port = node.listeners.open(service);
    return service;
  }

  private Service silence(TestSpec spec) {
    Service service = node.silence(spec.build());
    port = node.listeners.open(service);
    return service;
  }

  private static byte[] body(PendingRequest pending) {
    return pending.request().body();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  private RawHttp.Response post(String path, String body) throws IOException {
    try (RawHttp http = new RawHttp(port)) {
      return http.post(path, body).receive();
    }
  }

  private RawHttp.Response get(String path) throws IOException {
    try (RawHttp http = new RawHttp(port)) {
      return http.send("GET " + path + " HTTP/1.1\r\nHost: t\r\n\r\n").receive();
    }
  }

  private static String error(RawHttp.Response response, int status, String code) {
    assertThat(response.status()).isEqualTo(status);
    assertThat(response.headers()).containsEntry("content-type", "application/json");
    JsonObject error = new JsonObject(response.body());
    assertThat(error.fieldNames()).containsExactlyInAnyOrder("error_code", "message");
    assertThat(error.getString("error_code")).isEqualTo(code);
    return error.getString("message");
  }

  @ParameterizedTest
  @CsvSource({"/invocations", "/models/my.model-1/invocations", "/models/my.model-1/invoke"})
  void rowsGoToTheService(String path) throws Exception {
    echo(TestSpec.of("my.model-1").path("/elsewhere/:id"));
    RawHttp.Response response = post(path, ROWS);
    assertThat(response.status()).isEqualTo(200);
    assertThat(response.body()).isEqualTo(MlflowFormat.NAME + ROWS);
    assertThat(get(path).status()).isEqualTo(405);
  }

  @Test
  void oneOfSeveralServicesIsNamed() throws Exception {
    echo(TestSpec.of("a"));
    echo(TestSpec.of("json").protocols(ServiceProtocol.JSON));
    assertThat(post("/invocations", ROWS).status()).isEqualTo(200);
    assertThat(post("/models/json/invoke", ROWS).status()).isEqualTo(404);

    Service second = silence(TestSpec.of("b"));
    assertThat(error(post("/invocations", ROWS), 404, "ENDPOINT_NOT_FOUND"))
        .isEqualTo(
            "several services answer here; send to /models/:name/invocations or"
                + " /models/:name/invoke with the name of one: a, b");
    assertThat(post("/models/a/invoke", ROWS).status()).isEqualTo(200);
    node.connect(port).post("/models/b/invocations", ROWS);
    await().atMost(Duration.ofSeconds(20)).until(() -> second.inFlight() == 1);

    node.listeners.close(second);
    assertThat(post("/invocations", ROWS).status()).isEqualTo(200);
  }

  @Test
  void theVersionIsThatOfTheRelease() throws Exception {
    echo(TestSpec.of("s"));
    RawHttp.Response response = get("/version");
    assertThat(response.body()).isEqualTo(Release.current().version());
    assertThat(response.headers()).containsEntry("content-type", "text/plain");
  }

  @ParameterizedTest
  @EnumSource(names = {"BAD_INPUT", "UNSUPPORTED_MEDIA_TYPE", "PIPELINE_FAILED", "ROW_DROPPED"})
  void failuresAreThoseOfMlflow(FailureCode code) throws Exception {
    Service service =
        node.serve(
            TestSpec.of("s").build(),
            r ->
                r.answer(
                    ServiceFailure.of(code, "why \"é\"").toReply().with(new Header("X-A", "1"))));
    port = node.listeners.open(service);
    RawHttp.Response response = post("/invocations", ROWS);
    String expected = code == FailureCode.PIPELINE_FAILED ? "INTERNAL_ERROR" : "BAD_REQUEST";
    assertThat(error(response, code.status(), expected)).isEqualTo("why \"é\"");
    assertThat(response.headers()).containsEntry("x-a", "1");
    assertThat(post("/s", ROWS).headers())
        .containsEntry("content-type", "application/problem+json");
  }

  @Test
  void whatIsTooLargeOrCodedOtherwiseIsRefused() throws Exception {
    silence(TestSpec.of("s").maxBodyBytes(10));
    assertThat(error(post("/invocations", ROWS), 413, "BAD_REQUEST"))
        .isEqualTo("the body may have 10 bytes at most; send less at a time");
    try (RawHttp http = new RawHttp(port)) {
      RawHttp.Response response =
          http.send(
                  "POST /invocations HTTP/1.1\r\nHost: t\r\nContent-Encoding: br\r\n"
                      + "Content-Length: 2\r\n\r\nhi")
              .receive();
      error(response, 415, "BAD_REQUEST");
      assertThat(response.headers()).containsKey("accept-encoding");
    }
  }

  @ParameterizedTest
  @CsvSource({"503, TEMPORARILY_UNAVAILABLE", "429, RESOURCE_EXHAUSTED"})
  void aServiceWithoutRoomSaysWhenToTryAgain(int status, String code) throws Exception {
    Service service =
        silence(
            TestSpec.of("s").maxInFlight(1).responses("overload-status", String.valueOf(status)));
    node.connect(port).post("/invocations", ROWS);
    await().atMost(Duration.ofSeconds(20)).until(() -> service.inFlight() == 1);

    RawHttp.Response response = post("/invocations", ROWS);
    error(response, status, code);
    assertThat(response.headers()).containsKey("retry-after");
  }

  @Test
  void aServiceThatStopsOrIsNotReadySaysSo() throws Exception {
    Service service = silence(TestSpec.of("s"));
    service.stopAdmitting();
    error(post("/invocations", ROWS), 503, "TEMPORARILY_UNAVAILABLE");
    error(get("/ping"), 503, "TEMPORARILY_UNAVAILABLE");
  }

  @Test
  void aDeadlineThatPassesIsAFailure() throws Exception {
    silence(TestSpec.of("s").timeout(Duration.ofMillis(100)));
    error(post("/invocations", ROWS), 504, "DEADLINE_EXCEEDED");
  }

  @Test
  void repliesOfThePipelineStayAsTheyAre() throws Exception {
    ServiceReply teapot =
        new ServiceReply(PIPELINE_STATUS, "application/json", List.of(), bytes("{\"detail\":1}"));
    port = node.listeners.open(node.serve(TestSpec.of("s").build(), r -> r.answer(teapot)));
    RawHttp.Response response = post("/invocations", ROWS);
    assertThat(response.status()).isEqualTo(PIPELINE_STATUS);
    assertThat(response.body()).isEqualTo("{\"detail\":1}");
  }
}
