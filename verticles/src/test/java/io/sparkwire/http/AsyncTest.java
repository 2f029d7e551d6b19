package io.sparkwire.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sparkwire.message.Header;
import io.sparkwire.message.PendingRequest;
import io.sparkwire.message.ReplyRetention;
import io.sparkwire.message.ServiceReply;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a node by itself does with asynchronous requests. */
class AsyncTest {

  private static final String ASYNC = "Prefer: respond-async";
  private static final String KEY = "Idempotency-Key: \"k1\"";
  private static final Duration HOUR = Duration.ofHours(1);

  private HeldService held;

  @AfterEach
  void stop() {
    held.close();
  }

  private void serve(String path, ReplyRetention retention) {
    held = new HeldService(path, Duration.ofMillis(500), 1, retention);
  }

  private void serve() {
    serve("/s", new ReplyRetention(HOUR, HOUR));
  }

  private void awaitStatus(String location, int status) {
    await().atMost(HeldService.TIMEOUT).until(() -> held.client.get(location).status() == status);
  }

  private static ServiceReply created() {
    return new ServiceReply(
        201, "text/plain", List.of(new Header("X-A", "1")), "reply".getBytes(UTF_8));
  }

  @Test
  void theReplyIsAtTheLocationThatTheClientGot() throws Exception {
    serve();
    RawHttp.Response accepted =
        held.client.post("/s?x=1", "hello", "Prefer: wait=1, respond-async");
    assertThat(accepted.status()).isEqualTo(202);
    assertThat(accepted.headers())
        .containsEntry("preference-applied", "respond-async")
        .containsEntry("content-type", "application/json")
        .containsEntry("retry-after", "1");
    assertThat(accepted.body()).isEqualTo("{\"status\":\"running\"}");
    String location = accepted.headers().get("location");
    assertThat(location).matches("/s/\\.requests/[0-9a-f]{32}");

    RawHttp.Response running = held.client.get(location);
    assertThat(running.status()).isEqualTo(202);
    assertThat(running.headers()).containsEntry("retry-after", "1");
    assertThat(running.body()).isEqualTo("{\"status\":\"running\"}");

    PendingRequest request = held.next();
    assertThat(request.request().uri()).isEqualTo("/s?x=1");
    assertThat(request.request().body()).asString().isEqualTo("hello");
    assertThat(request.answer(created())).isTrue();
    awaitStatus(location, 201);
    RawHttp.Response reply = held.client.get(location);
    assertThat(reply.headers())
        .containsEntry("x-a", "1")
        .containsEntry("content-type", "text/plain");
    assertThat(reply.body()).isEqualTo("reply");
    assertThat(held.service.inFlight()).isZero();
    assertThat(held.service.counts().admitted()).isEqualTo(1);
    assertThat(held.node.exchanges.size()).isZero();
  }

  @Test
  void itTakesTheRoomOfItsRequestUntilItIsAnswered() throws Exception {
    serve();
    String location = held.client.post("/s", "hello", ASYNC).headers().get("location");
    assertThat(held.client.post("/s", "hello", ASYNC).status()).isEqualTo(503);
    held.next().answer(created());
    awaitStatus(location, 201);

    assertThat(held.client.post("/s", "hello", ASYNC).status()).isEqualTo(202);
  }

  @Test
  void itHasADeadlineOfItsOwn() throws Exception {
    serve("/s", new ReplyRetention(Duration.ZERO, HOUR, Duration.ofMillis(700)));
    String location = held.client.post("/s", "hello", ASYNC).headers().get("location");
    awaitStatus(location, 504);

    assertThat(held.client.get(location).body()).contains("did not reply within 700 ms");
    assertThat(held.service.inFlight()).isZero();
  }

  @Test
  void whatIsUnknownOrForgottenIs404() throws Exception {
    serve();
    RawHttp.Response unknown = held.client.get("/s/.requests/0");
    assertThat(unknown.status()).isEqualTo(404);
    assertThat(unknown.body())
        .contains("urn:sparkwire:problem:unknown-request")
        .contains(
            "no asynchronous request has this address; its reply is kept for a limited time only");

    String location = held.client.post("/s", "hello", ASYNC).headers().get("location");
    assertThat(held.client.delete(location).status()).isEqualTo(204);
    assertThat(held.client.delete(location).status()).isEqualTo(404);
    held.next().answer(created());
    await().atMost(HeldService.TIMEOUT).until(() -> held.service.inFlight() == 0);
    assertThat(held.client.get(location).status()).isEqualTo(404);
  }

  @Test
  void otherMethodsAre405() throws Exception {
    serve();
    RawHttp.Response response = held.client.post("/s/.requests/0", "hello");

    assertThat(response.status()).isEqualTo(405);
    assertThat(response.headers()).containsEntry("allow", "DELETE, GET, HEAD, OPTIONS");
  }

  @Test
  void aPathWithParametersHasItsRequestsBelowIt() throws Exception {
    serve("/models/:name", new ReplyRetention(Duration.ZERO, HOUR));
    String location = held.client.post("/models/a/", "hello", ASYNC).headers().get("location");
    assertThat(location).startsWith("/models/a/.requests/");
    PendingRequest request = held.next();
    assertThat(request.request().pathParams()).containsEntry("name", "a");
    request.answer(created());

    awaitStatus(location, 201);
  }

  @Test
  void aKeyFindsTheFirstRequestAgain() throws Exception {
    serve();
    RawHttp.Response first = held.client.post("/s", "hello", KEY, ASYNC);
    RawHttp.Response again = held.client.post("/s", "hello", KEY, ASYNC);

    assertThat(first.status()).isEqualTo(202);
    assertThat(again.status()).isEqualTo(503); // its first takes all the room there is
    held.next().answer(created());
    awaitStatus(first.headers().get("location"), 201);
    RawHttp.Response later = held.client.post("/s", "hello", KEY, ASYNC);
    assertThat(later.status()).isEqualTo(202);
    assertThat(later.headers().get("location")).isEqualTo(first.headers().get("location"));
    assertThat(held.node.taken).isEmpty();
  }

  @Test
  void aServiceThatKeepsNothingAnswersAtOnce() throws IOException {
    serve("/s", ReplyRetention.OFF);
    try (RawHttp http = new RawHttp(held.client.port())) {
      RetentionHttp.begin(http, "/s", "hello", ASYNC);
      held.next().answer(created());
      RawHttp.Response response = http.receive();

      assertThat(response.status()).isEqualTo(201);
      assertThat(response.headers()).doesNotContainKey("preference-applied");
    }
    assertThat(held.client.get("/s/.requests/0").status()).isEqualTo(404);
  }
}
