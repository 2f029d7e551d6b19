package io.sparkwire.httpclient.calls;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.OptionalLong;

/** The header {@code Retry-After} (RFC 9110, 10.2.3): seconds, or a date. Stateless. */
final class RetryAfter {

  private RetryAfter() {}

  /**
   * How long a service asks to wait, in milliseconds; empty if it does not say so in a readable way
   * under a status for which it counts, 429 and 503.
   */
  static OptionalLong of(HttpAnswer answer, Instant now) {
    String value = answer.header("Retry-After");
    if (value == null || (answer.status() != 429 && answer.status() != 503)) {
      return OptionalLong.empty();
    }
    return value.strip().matches("\\d{1,9}")
        ? OptionalLong.of(Long.parseLong(value.strip()) * 1_000)
        : untilDate(value.strip(), now);
  }

  private static OptionalLong untilDate(String date, Instant now) {
    try {
      Instant then = Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date));
      return OptionalLong.of(Math.max(0, Duration.between(now, then).toMillis()));
    } catch (DateTimeException e) {
      return OptionalLong.empty();
    }
  }
}
