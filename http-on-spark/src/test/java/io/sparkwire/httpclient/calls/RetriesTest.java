package io.sparkwire.httpclient.calls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetriesTest {

  private static final Retries TWO = new Retries(2, 100, false);
  private static final RandomGenerator ZERO = () -> 0;

  private static CallOutcome answered(int status, int attempts) {
    HttpAnswer answer = new HttpAnswer("HTTP/1.1", status, "", List.of(), new byte[0]);
    return new CallOutcome(answer, attempts, null);
  }

  private static CallOutcome failed(Throwable failure) {
    return new CallOutcome(null, 1, failure);
  }

  @ParameterizedTest
  @ValueSource(ints = {408, 429, 500, 502, 503, 504})
  void aStatusThatMayPassIsRepeated(int status) {
    assertThat(TWO.again("GET", answered(status, 1))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 204, 301, 400, 404, 409, 422, 501, 505})
  void anyOtherStatusIsFinal(int status) {
    assertThat(TWO.again("GET", answered(status, 1))).isFalse();
  }

  @Test
  void aCallIsRepeatedAsOftenAsAllowed() {
    assertThat(TWO.again("GET", answered(503, 2))).isTrue();
    assertThat(TWO.again("GET", answered(503, 3))).isFalse();
    assertThat(new Retries(0, 100, true).again("GET", answered(503, 1))).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "GET,true",
    "HEAD,true",
    "PUT,true",
    "DELETE,true",
    "OPTIONS,true",
    "TRACE,true",
    "POST,false",
    "PATCH,false",
    "get,false"
  })
  void onlyIdempotentMethodsAreRepeatedUnlessAllAre(String method, boolean idempotent) {
    assertThat(TWO.again(method, answered(503, 1))).isEqualTo(idempotent);
    assertThat(new Retries(2, 100, true).again(method, answered(503, 1))).isTrue();
  }

  @Test
  void aFailureIsRepeatedUnlessItWouldBeTheSameAgain() {
    assertThat(TWO.again("GET", failed(new IOException("reset")))).isTrue();
    assertThat(TWO.again("GET", failed(new CallTimeoutException(5)))).isTrue();
    assertThat(TWO.again("GET", failed(new SSLHandshakeException("untrusted")))).isFalse();
    assertThat(TWO.again("GET", failed(new BodyTooLargeException(5)))).isFalse();
    assertThat(TWO.again("GET", failed(new InvalidBodyException("bad gzip")))).isFalse();
    assertThat(TWO.again("GET", failed(new IllegalArgumentException("bad URL")))).isFalse();
  }

  @Test
  void theCauseOfAFailureCountsToo() {
    Throwable tls = new IOException("connect", new SSLHandshakeException("untrusted"));
    assertThat(TWO.again("GET", failed(tls))).isFalse();
  }

  @Test
  void pausesDoubleUpToTenSeconds() {
    assertThat(LongStream.rangeClosed(1, 9).map(i -> TWO.pause((int) i, ZERO)))
        .containsExactly(100L, 200L, 400L, 800L, 1_600L, 3_200L, 6_400L, 10_000L, 10_000L);
    assertThat(TWO.pause(100, ZERO)).isEqualTo(10_000);
  }

  @Test
  void aPauseIsShortenedByUpToAHalfAtRandom() {
    Random random = new Random(7);
    List<Long> pauses =
        LongStream.range(0, 1_000).map(i -> TWO.pause(1, random)).boxed().distinct().toList();
    assertThat(pauses).hasSizeGreaterThan(20).allMatch(pause -> pause >= 50 && pause <= 100);
  }

  @Test
  void thereIsAlwaysAPause() {
    RandomGenerator most = () -> Long.MAX_VALUE;
    assertThat(new Retries(1, 1, false).pause(1, most)).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({"-1,100", "101,100", "1,0", "1,10001"})
  void valuesOutOfRangeAreRefused(int max, long backoff) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Retries(max, backoff, false))
        .withMessageMatching("param '(retries|backoff)' must be .*, got '-?\\d+'");
  }

  @Test
  void theEndsOfTheRangesAreAllowed() {
    assertThat(new Retries(0, 1, false).max()).isZero();
    assertThat(new Retries(100, 10_000, false).backoff()).isEqualTo(10_000);
  }
}
