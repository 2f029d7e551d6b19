package io.sparkwire.httpclient.calls;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkwire.message.Header;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {

  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

  private static HttpAnswer answer(int status, Header... headers) {
    return new HttpAnswer("HTTP/1.1", status, "", List.of(headers), new byte[0]);
  }

  private static HttpAnswer busy(String value) {
    return answer(503, new Header("retry-after", value));
  }

  @ParameterizedTest
  @CsvSource({"0,0", "7,7000", "' 7 ',7000", "999999999,999999999000"})
  void secondsAreReadAsMilliseconds(String value, long millis) {
    assertThat(RetryAfter.of(busy(value), NOW)).hasValue(millis);
  }

  @ParameterizedTest
  @CsvSource({
    "'Fri, 2 Jan 2026 03:05:05 GMT',60000",
    "'Fri, 02 Jan 2026 03:04:05 GMT',0",
    "'Fri, 02 Jan 2026 03:00:00 GMT',0"
  })
  void aDateIsTheTimeUntilThen(String value, long millis) {
    assertThat(RetryAfter.of(busy(value), NOW)).hasValue(millis);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "soon", "-1", "1.5", "1234567890", "2026-01-02T03:05:05Z"})
  void whatCannotBeReadAsksForNothing(String value) {
    assertThat(RetryAfter.of(busy(value), NOW)).isEmpty();
  }

  @Test
  void itCountsUnderTwoStatusesOnly() {
    Header one = new Header("Retry-After", "1");
    assertThat(RetryAfter.of(answer(429, one), NOW)).hasValue(1_000);
    assertThat(RetryAfter.of(answer(503, one), NOW)).hasValue(1_000);
    assertThat(RetryAfter.of(answer(500, one), NOW)).isEmpty();
    assertThat(RetryAfter.of(answer(200, one), NOW)).isEmpty();
  }

  @Test
  void withoutTheHeaderItAsksForNothing() {
    assertThat(RetryAfter.of(answer(503), NOW)).isEmpty();
  }
}
