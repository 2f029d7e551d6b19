package io.sparkwire.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sparkwire.message.FailureCode;
import io.sparkwire.message.Header;
import io.sparkwire.message.PendingRequest;
import io.sparkwire.message.ReplyRetention;
import io.sparkwire.message.ServiceFailure;
import io.sparkwire.message.ServiceReply;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a node by itself does with the header field Idempotency-Key. */
class IdempotencyTest {

  private static final String KEY = "Idempotency-Key: \"k1\"";

  private HeldService held;

  @AfterEach
  void stop() {
    held.close();
  }

  private void serve(Duration idempotency, Duration timeout, int maxInFlight) {
    ReplyRetention retention = new ReplyRetention(idempotency, Duration.ZERO);
    held = new HeldService("/s", timeout, maxInFlight, retention);
  }

  private void serve() {
    serve(Duration.ofHours(1), Duration.ofSeconds(30), 100);
  }

  private RawHttp.Response firstAnswered(int status, String body) throws Exception {
    try (RawHttp http = new RawHttp(held.client.port())) {
      RetentionHttp.begin(http, "/s", "hello", KEY);
      held.next()
          .answer(
              new ServiceReply(
                  status, "text/plain", List.of(new Header("X-A", "1")), body.getBytes(UTF_8)));
      return http.receive();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 201, 400, 422})
  void whoComesAgainGetsTheOneReply(int status) throws Exception {
    serve();
    RawHttp.Response first = firstAnswered(status, "reply");
    RawHttp.Response again = held.client.post("/s", "hello", KEY);

    assertThat(first.status()).isEqualTo(status);
    assertThat(again.status()).isEqualTo(status);
    assertThat(again.headers())
        .containsEntry("x-a", "1")
        .containsEntry("content-type", "text/plain");
    assertThat(again.body()).isEqualTo("reply");
    assertThat(held.node.taken).isEmpty();
    assertThat(held.service.counts().admitted()).isEqualTo(2);
    assertThat(held.service.inFlight()).isZero();
    assertThat(held.node.exchanges.size()).isZero();
  }

  @Test
  void aReplyWithoutContentIsKeptLikeAnyOther() throws Exception {
    serve();
    assertThat(firstAnswered(204, "").status()).isEqualTo(204);
    assertThat(held.client.post("/s", "hello", KEY).status()).isEqualTo(204);
    assertThat(held.node.taken).isEmpty();
    assertThat(held.service.counts().answered()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 500, 503, 504})
  void whatMayGoBetterNextTimeIsNotKept(int status) throws Exception {
    serve();
    assertThat(firstAnswered(status, "no").status()).isEqualTo(status);
    assertThat(firstAnswered(200, "reply").body()).isEqualTo("reply");
  }

  @Test
  void aRequestWhoseFirstStillRunsIs409() throws Exception {
    serve();
    try (RawHttp http = new RawHttp(held.client.port())) {
      RetentionHttp.begin(http, "/s", "hello", KEY);
      PendingRequest first = held.next();
      RawHttp.Response again = held.client.post("/s", "hello", KEY);

      assertThat(again.status()).isEqualTo(409);
      assertThat(again.headers()).containsEntry("retry-after", "1");
      assertThat(again.body())
          .contains("urn:sparkwire:problem:request-running")
          .contains(
              "the first request with this Idempotency-Key is still running; try again later");
      first.answer(ServiceReply.ok("text/plain", "reply".getBytes(UTF_8)));
      assertThat(http.receive().body()).isEqualTo("reply");
    }
    assertThat(held.service.inFlight()).isZero();
  }

  @Test
  void anotherPayloadIs422() throws Exception {
    serve();
    firstAnswered(200, "reply");
    RawHttp.Response other = held.client.post("/s", "another", KEY);

    assertThat(other.status()).isEqualTo(422);
    assertThat(other.body())
        .contains("urn:sparkwire:problem:idempotency-key-reused")
        .contains("another request had this Idempotency-Key; give each request a key of its own");
    assertThat(held.node.taken).isEmpty();
  }

  @Test
  void aKeyThatCannotBeReadIs400() throws Exception {
    serve();
    RawHttp.Response response = held.client.post("/s", "hello", "Idempotency-Key: \"k1");

    assertThat(response.status()).isEqualTo(400);
    assertThat(response.body())
        .contains("urn:sparkwire:problem:bad-idempotency-key")
        .contains("the Idempotency-Key must be one string in quotes");
    assertThat(held.service.inFlight()).isZero();
  }

  @Test
  void theReplyIsKeptForAClientThatHungUp() throws Exception {
    serve();
    try (RawHttp http = new RawHttp(held.client.port())) {
      RetentionHttp.begin(http, "/s", "hello", KEY);
      await().atMost(HeldService.TIMEOUT).until(() -> held.node.taken.size() == 1);
    }
    await().atMost(HeldService.TIMEOUT).until(() -> held.node.exchanges.size() == 1);
    PendingRequest first = held.next();
    assertThat(first.isOpen()).isTrue();
    assertThat(held.service.inFlight()).isEqualTo(1);
    first.answer(ServiceReply.ok("text/plain", "reply".getBytes(UTF_8)));
    await().atMost(HeldService.TIMEOUT).until(() -> held.service.inFlight() == 0);

    assertThat(held.client.post("/s", "hello", KEY).body()).isEqualTo("reply");
  }

  @Test
  void aRequestWithAKeyTakesOneRoom() throws Exception {
    serve(Duration.ofHours(1), Duration.ofSeconds(30), 1);
    try (RawHttp http = new RawHttp(held.client.port())) {
      RetentionHttp.begin(http, "/s", "hello", KEY);
      PendingRequest first = held.next();
      assertThat(held.client.post("/s", "other", "Idempotency-Key: \"k2\"").status())
          .isEqualTo(503);
      first.answer(ServiceReply.ok("text/plain", "reply".getBytes(UTF_8)));
      assertThat(http.receive().status()).isEqualTo(200);
    }
    assertThat(held.client.post("/s", "hello", KEY).body()).isEqualTo("reply");
  }

  @Test
  void afterItsDeadlineARequestMayComeAgain() throws Exception {
    serve(Duration.ofHours(1), Duration.ofMillis(50), 100);
    assertThat(held.client.post("/s", "hello", KEY).status()).isEqualTo(504);
    await().atMost(HeldService.TIMEOUT).until(() -> held.node.exchanges.size() == 0);
    held.node.taken.clear();

    await()
        .atMost(HeldService.TIMEOUT)
        .until(() -> held.client.post("/s", "hello", KEY).status() == 504);
    assertThat(held.node.taken).isNotEmpty();
  }

  @Test
  void requestsWithoutAKeyAreOnTheirOwn() throws Exception {
    serve();
    for (int i = 0; i < 2; i++) {
      try (RawHttp http = new RawHttp(held.client.port())) {
        RetentionHttp.begin(http, "/s", "hello");
        held.next().answer(ServiceReply.ok("text/plain", ("" + i).getBytes(UTF_8)));
        assertThat(http.receive().body()).isEqualTo("" + i);
      }
    }
  }

  @Test
  void aServiceThatKeepsNothingIgnoresKeys() throws Exception {
    serve(Duration.ZERO, Duration.ofSeconds(30), 100);
    firstAnswered(200, "one");
    assertThat(firstAnswered(200, "two").body()).isEqualTo("two");
  }

  @Test
  void aRefusalOfTheIntakeFreesTheKey() throws Exception {
    serve();
    try (RawHttp http = new RawHttp(held.client.port())) {
      RetentionHttp.begin(http, "/s", "hello", KEY);
      held.next().answer(ServiceFailure.of(FailureCode.OVERLOADED, "full").toReply());
      assertThat(http.receive().status()).isEqualTo(503);
    }
    assertThat(firstAnswered(200, "reply").body()).isEqualTo("reply");
  }
}
