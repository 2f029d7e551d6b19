package io.sparkwire.retention;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IdempotencyKeyTest {

  private static MultiMap headers(String... fields) {
    MultiMap headers = HttpHeaders.headers();
    for (String field : fields) {
      headers.add("idempotency-key", field);
    }
    return headers;
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "\"8e03978e-40d5\", 8e03978e-40d5",
        "8e03978e-40d5, 8e03978e-40d5",
        "\"a b\", a b",
        "\"a\\\"b\\\\c\", a\"b\\c",
        "`\";,\"`, `;,`",
      })
  void aStringIsAKey(String field, String key) {
    assertThat(IdempotencyKey.isGiven(headers(field))).isTrue();
    assertThat(IdempotencyKey.of(headers(field))).isEqualTo(key);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "\"\"", "\"a", "a\"", "\"a\\b\"", "\"ä\"", "a b", "\"a\"; x=1", "a,b"})
  void anyOtherValueIsNoKey(String field) {
    assertThat(IdempotencyKey.of(headers(field))).isNull();
  }

  @Test
  void aLongKeyIsNone() {
    assertThat(IdempotencyKey.of(headers("k".repeat(255)))).hasSize(255);
    assertThat(IdempotencyKey.of(headers("k".repeat(256)))).isNull();
  }

  @Test
  void severalKeysAreNone() {
    assertThat(IdempotencyKey.of(headers("\"a\"", "\"b\""))).isNull();
    assertThat(IdempotencyKey.isGiven(HttpHeaders.headers())).isFalse();
  }
}
