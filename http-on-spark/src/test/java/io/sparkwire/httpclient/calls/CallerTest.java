package io.sparkwire.httpclient.calls;

import static io.sparkwire.httpclient.calls.CallHarness.NO_RETRIES;
import static io.sparkwire.httpclient.calls.CallHarness.outcome;
import static io.sparkwire.httpclient.calls.CallHarness.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sparkwire.httpclient.TestService;
import io.sparkwire.message.Header;
import io.vertx.core.MultiMap;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One call against a real service: retries, time limits, redirects and its end. */
@Timeout(60)
class CallerTest {

  private final CallHarness calls = new CallHarness();
  private TestService service;

  @AfterEach
  void stop() {
    calls.close();
    if (service != null) {
      service.close();
    }
  }

  private HttpCall get(String path) {
    return HttpCall.get(service.url(path));
  }

  private HttpCall post() {
    return HttpCall.post(service.url(""), "text/plain", "x");
  }

  /** A service that answers so many requests with a status before it answers with 200. */
  private void failsFirst(int times, int status) {
    AtomicInteger left = new AtomicInteger(times);
    service =
        TestService.http(
            request -> {
              int now = left.getAndDecrement() > 0 ? status : 200;
              request.response().setStatusCode(now).end("answer");
            });
  }

  private static String body(CallOutcome outcome) {
    return new String(outcome.answer().body(), StandardCharsets.UTF_8);
  }

  @Test
  void aCallGetsItsWholeAnswer() {
    service =
        TestService.http(
            request -> request.response().setStatusCode(404).putHeader("A", "b").end("no"));

    CallOutcome outcome = calls.call(settings(NO_RETRIES), get("x?y=1"));

    assertThat(outcome.isWhole()).isTrue();
    assertThat(outcome.attempts()).isEqualTo(1);
    assertThat(outcome.answer().status()).isEqualTo(404);
    assertThat(outcome.answer().protocol()).isEqualTo("HTTP/1.1");
    assertThat(outcome.answer().header("a")).isEqualTo("b");
    assertThat(body(outcome)).isEqualTo("no");
  }

  @Test
  void methodTargetHeadersAndBodyAreSent() {
    AtomicReference<String> seen = new AtomicReference<>();
    service =
        TestService.bodies(
            (request, body) -> {
              seen.set(
                  request.method()
                      + " "
                      + request.uri()
                      + " "
                      + request.getHeader("A")
                      + " "
                      + body);
              request.response().end();
            });

    calls.call(
        settings(NO_RETRIES),
        HttpCall.post(service.url("p/q?r=%20"), "text/plain", "body").withHeader("A", "b"));

    assertThat(seen).hasValue("POST /p/q?r=%20 b body");
  }

  @Test
  void aStatusThatMayPassIsRepeatedUntilItHas() {
    failsFirst(2, 503);
    CallOutcome outcome = calls.call(settings(new Retries(3, 1, false)), get(""));
    assertThat(outcome.answer().status()).isEqualTo(200);
    assertThat(outcome.attempts()).isEqualTo(3);
    assertThat(service.requests()).isEqualTo(3);
  }

  @Test
  void afterTheLastRetryTheOutcomeIsTheLastAnswer() {
    failsFirst(100, 500);
    CallOutcome outcome = calls.call(settings(new Retries(2, 1, false)), get(""));
    assertThat(outcome.answer().status()).isEqualTo(500);
    assertThat(outcome.attempts()).isEqualTo(3);
    assertThat(service.requests()).isEqualTo(3);
  }

  @ParameterizedTest
  @CsvSource({"false,1,503", "true,2,200"})
  void aPostIsRepeatedOnlyWhereTheServiceToleratesIt(boolean tolerates, int attempts, int status) {
    failsFirst(1, 503);
    CallOutcome outcome = calls.call(settings(new Retries(5, 1, tolerates)), post());
    assertThat(outcome.attempts()).isEqualTo(attempts);
    assertThat(outcome.answer().status()).isEqualTo(status);
  }

  @Test
  void aPauseThatWouldEndAfterTheDeadlineIsNotBegun() {
    service =
        TestService.http(
            request -> request.response().setStatusCode(503).putHeader("Retry-After", "100").end());

    CallOutcome outcome = calls.call(settings(new Retries(5, 1, false)), get(""));

    assertThat(outcome.answer().status()).isEqualTo(503);
    assertThat(outcome.attempts()).isEqualTo(1);
  }

  @Test
  void aServiceMayAskForALongerPause() {
    AtomicInteger requests = new AtomicInteger();
    service =
        TestService.http(
            request -> {
              int status = requests.incrementAndGet() == 1 ? 429 : 200;
              request.response().setStatusCode(status).putHeader("Retry-After", "1").end();
            });
    long begin = System.nanoTime();

    CallOutcome outcome = calls.call(settings(new Retries(1, 1, false)), get(""));

    assertThat(outcome.answer().status()).isEqualTo(200);
    assertThat(System.nanoTime() - begin).isGreaterThanOrEqualTo(1_000_000_000L);
  }

  @Test
  void anAttemptWithoutAnAnswerEndsAtItsTimeout() {
    service = TestService.http(request -> {});
    Timeouts timeouts = new Timeouts(5_000, 100, 60_000);

    CallOutcome outcome = calls.call(settings(timeouts, NO_RETRIES), get(""));

    assertThat(outcome.failure())
        .isInstanceOf(CallTimeoutException.class)
        .hasMessage("no whole answer within 100 ms");
    assertThat(outcome.answer()).isNull();
    assertThat(outcome.attempts()).isEqualTo(1);
  }

  @Test
  void theDeadlineBoundsAllAttemptsTogether() {
    service = TestService.http(request -> {});
    Timeouts timeouts = new Timeouts(5_000, 100, 350);

    CallOutcome outcome = calls.call(settings(timeouts, new Retries(100, 1, false)), get(""));

    assertThat(outcome.failure()).isInstanceOf(CallTimeoutException.class);
    assertThat(outcome.attempts()).isBetween(1, 5);
  }

  @Test
  void aTimeoutLeavesTheHeadAndThePartOfTheBodyThatArrived() {
    service = TestService.http(request -> request.response().setChunked(true).write("half"));
    Timeouts timeouts = new Timeouts(5_000, 500, 60_000);

    CallOutcome outcome = calls.call(settings(timeouts, NO_RETRIES), get(""));

    assertThat(outcome.failure()).isInstanceOf(CallTimeoutException.class);
    assertThat(outcome.answer().status()).isEqualTo(200);
    assertThat(body(outcome)).isEqualTo("half");
  }

  @Test
  void aBrokenConnectionIsAFailureThatMayPass() {
    AtomicInteger requests = new AtomicInteger();
    service =
        TestService.http(
            request -> {
              if (requests.incrementAndGet() == 1) {
                request.connection().close();
              } else {
                request.response().end("answer");
              }
            });

    CallOutcome broken = calls.call(settings(NO_RETRIES), get(""));
    assertThat(broken.failure()).isExactlyInstanceOf(SocketException.class);
    assertThat(broken.answer()).isNull();

    requests.set(0);
    CallOutcome repeated = calls.call(settings(new Retries(1, 1, false)), get(""));
    assertThat(repeated.isWhole()).isTrue();
    assertThat(repeated.attempts()).isEqualTo(2);
  }

  @Test
  void aServiceThatIsNotThereIsTriedAgain() throws IOException {
    int free;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      free = socket.getLocalPort();
    }

    CallOutcome outcome =
        calls.call(
            settings(new Retries(2, 1, false)), HttpCall.get("http://127.0.0.1:" + free + "/"));

    assertThat(outcome.failure()).isInstanceOf(ConnectException.class);
    assertThat(outcome.attempts()).isEqualTo(3);
  }

  @Test
  void aBodyOverTheLimitIsCutAndNotAskedForAgain() {
    service = TestService.http(request -> request.response().end("x".repeat(20_000)));

    CallOutcome outcome = calls.call(settings(new Retries(5, 1, false)), get(""));

    assertThat(outcome.failure()).isInstanceOf(BodyTooLargeException.class);
    assertThat(outcome.answer().body()).hasSize(CallHarness.MAX_BODY);
    assertThat(outcome.attempts()).isEqualTo(1);
  }

  @Test
  void aBodyAsLargeAsTheLimitIsWhole() {
    service = TestService.http(request -> request.response().end("x".repeat(CallHarness.MAX_BODY)));
    CallOutcome outcome = calls.call(settings(NO_RETRIES), get(""));
    assertThat(outcome.isWhole()).isTrue();
    assertThat(outcome.answer().body()).hasSize(CallHarness.MAX_BODY);
  }

  /** A service that redirects {@code /n} to {@code /n-1}, and answers {@code /0}. */
  private void redirects() {
    service =
        TestService.http(
            request -> {
              int left = Integer.parseInt(request.path().substring(1));
              if (left > 0) {
                request.response().setStatusCode(302).putHeader("Location", "/" + (left - 1));
              }
              request.response().end("at " + left);
            });
  }

  @Test
  void aRedirectIsFollowedWithinOneAttempt() {
    redirects();
    CallOutcome outcome = calls.call(settings(NO_RETRIES), get("5"));
    assertThat(body(outcome)).isEqualTo("at 0");
    assertThat(outcome.attempts()).isEqualTo(1);
    assertThat(service.requests()).isEqualTo(6);
  }

  @Test
  void afterTheLastRedirectTheAnswerIsTheRedirect() {
    redirects();
    CallOutcome outcome = calls.call(settings(NO_RETRIES), get("6"));
    assertThat(outcome.answer().status()).isEqualTo(302);
    assertThat(body(outcome)).isEqualTo("at 1");
  }

  @Test
  void aPostIsNotRedirected() {
    redirects();
    HttpCall call = HttpCall.post(service.url("1"), "text/plain", "x");
    CallOutcome outcome = calls.call(settings(NO_RETRIES), call);
    assertThat(outcome.answer().status()).isEqualTo(302);
    assertThat(service.requests()).isEqualTo(1);
  }

  @Test
  void credentialsAreNotSentToAnotherOrigin() {
    AtomicReference<MultiMap> seen = new AtomicReference<>();
    try (TestService other =
        TestService.http(
            request -> {
              seen.set(request.headers());
              request.response().end();
            })) {
      service =
          TestService.http(
              request ->
                  request
                      .response()
                      .setStatusCode(307)
                      .putHeader("Location", other.url("moved"))
                      .end());

      HttpCall call =
          get("").withHeader("Authorization", "a").withHeader("Cookie", "c").withHeader("X-A", "x");
      assertThat(calls.call(settings(NO_RETRIES), call).answer().status()).isEqualTo(200);
    }
    assertThat(seen.get().get("X-A")).isEqualTo("x");
    assertThat(seen.get().contains("Authorization")).isFalse();
    assertThat(seen.get().contains("Cookie")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftp://127.0.0.1/", "/path", "http://", "http://a b/"})
  void aUrlThatCannotBeUsedFailsWithoutAnAttempt(String url) {
    CallOutcome outcome = calls.call(settings(new Retries(5, 1, true)), HttpCall.get(url));
    assertThat(outcome.failure()).isInstanceOf(IllegalArgumentException.class);
    assertThat(outcome.failure()).hasMessageContaining(url);
    assertThat(outcome.attempts()).isZero();
  }

  @Test
  void aHeaderThatHttpCannotCarryFailsWithoutAnAttempt() {
    service = TestService.http(request -> request.response().end());
    for (Header header : List.of(new Header("a b", "c"), new Header("a", "b\r\nc: d"))) {
      HttpCall call = get("").withHeader(header.name(), header.value());
      CallOutcome outcome = calls.call(settings(NO_RETRIES), call);
      assertThat(outcome.failure()).isInstanceOf(IllegalArgumentException.class);
      assertThat(outcome.attempts()).isZero();
    }
    assertThat(service.requests()).isZero();
  }

  @Test
  void closingEndsACallInFlight() {
    service = TestService.http(request -> {});
    Caller caller = calls.caller(settings(new Retries(5, 1, false)));
    CompletableFuture<CallOutcome> ended = calls.start(caller, get(""));
    await().until(() -> service.requests() == 1);

    calls.onLoop(caller::close);

    assertThat(outcome(ended).failure()).isInstanceOf(CancellationException.class);
    assertThat(outcome(ended).attempts()).isEqualTo(1);
  }

  @Test
  void closingEndsAPause() {
    failsFirst(100, 503);
    Caller caller = calls.caller(settings(new Retries(5, Retries.LONGEST_PAUSE, false)));
    CompletableFuture<CallOutcome> ended = calls.start(caller, get(""));
    await().until(() -> service.requests() == 1);

    calls.onLoop(caller::close);

    assertThat(outcome(ended).failure()).isInstanceOf(CancellationException.class);
    assertThat(service.requests()).isEqualTo(1);
  }

  @Test
  void aClosedCallerMakesNoCall() {
    service = TestService.http(request -> request.response().end());
    Caller caller = calls.caller(settings(NO_RETRIES));
    calls.onLoop(caller::close);

    CallOutcome outcome = outcome(calls.start(caller, get("")));

    assertThat(outcome.failure()).isInstanceOf(CancellationException.class);
    assertThat(outcome.attempts()).isZero();
    assertThat(service.requests()).isZero();
  }
}
