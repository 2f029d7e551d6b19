package io.sparkwire.httpclient;

import static io.sparkwire.httpclient.FaultyCalls.OURS;
import static io.sparkwire.httpclient.FaultyCalls.ROWS;
import static io.sparkwire.httpclient.FaultyCalls.calls;
import static io.sparkwire.httpclient.FaultyCalls.error;
import static io.sparkwire.httpclient.FaultyCalls.ok;
import static org.assertj.core.api.Assertions.assertThat;

import io.sparkwire.httpclient.calls.HttpCall;
import io.sparkwire.spark.TestSpark;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Statuses that are no success: which of them are repeated or followed, and what the error column
 * says.
 */
@ExtendWith(TestSpark.class)
@Timeout(60)
class StatusFaultsTest {

  private final FaultyCalls rows;

  StatusFaultsTest(SparkSession spark) {
    this.rows = new FaultyCalls(spark);
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
      rows.everyRowSucceeds(calls(service.url()));
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
      rows.everyRowSucceeds(calls(service.url()));
    }
  }

  @Test
  void retryAfterBeyondTheDeadlineIsNotWaitedFor() {
    try (TestService service =
        TestService.http(
            request ->
                request.response().setStatusCode(503).putHeader("Retry-After", "3600").end("no"))) {
      rows.everyRowFails(
          calls(service.url()),
          error(503, 1, OURS + "UnexpectedStatusException", "503 Service Unavailable", "no"));
    }
  }

  @Test
  void tooManyRequestsWithoutRetryAfter() {
    try (TestService service =
        TestService.http(request -> request.response().setStatusCode(429).end("slow down"))) {
      rows.everyRowFails(
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
      rows.everyRowSucceeds(calls(service.url()).setRetries(3));
      assertThat(service.requests()).isEqualTo(ROWS + 3);
    }
  }

  @Test
  void aPostIsNotRepeatedUnlessItMayBe() {
    try (TestService service =
        TestService.http(request -> request.response().setStatusCode(503).end("busy"))) {
      rows.everyRowFails(
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
      rows.everyRowFails(
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
      rows.everyRowSucceeds(calls(service.url()).setInputParser(getting(service.url())));
    }
  }

  @Test
  void redirectsInACircleEnd() {
    try (TestService service =
        TestService.http(r -> r.response().setStatusCode(307).putHeader("Location", "/").end())) {
      rows.everyRowFails(
          calls(service.url()).setInputParser(getting(service.url())).setRetries(0),
          error(307, 1, OURS + "UnexpectedStatusException", "307", ""));
      assertThat(service.requests()).isEqualTo(ROWS * 6);
    }
  }

  private static CustomInputParser getting(String url) {
    return new CustomInputParser().setFunction((Long value) -> HttpCall.get(url));
  }
}
