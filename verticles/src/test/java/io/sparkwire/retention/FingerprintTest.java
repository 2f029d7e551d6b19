package io.sparkwire.retention;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkwire.message.TestRequest;
import org.junit.jupiter.api.Test;

class FingerprintTest {

  private static final String FIRST = print(1, "POST", "/s", "text/plain", "hello");

  private static String print(
      long sequence, String method, String uri, String contentType, String body) {
    TestRequest request =
        TestRequest.number(sequence)
            .method(method)
            .uri(uri)
            .header("X-Trace", "" + sequence)
            .body(body)
            .receivedAt(sequence);
    if (contentType != null) {
      request.header("Content-Type", contentType);
    }
    return Fingerprint.of(request.build());
  }

  @Test
  void aRepeatedRequestHasTheSame() {
    assertThat(print(2, "POST", "/s", "text/plain", "hello")).isEqualTo(FIRST).hasSize(64);
  }

  @Test
  void everyPartOfThePayloadCounts() {
    assertThat(print(1, "PUT", "/s", "text/plain", "hello")).isNotEqualTo(FIRST);
    assertThat(print(1, "POST", "/s?x", "text/plain", "hello")).isNotEqualTo(FIRST);
    assertThat(print(1, "POST", "/s", "text/html", "hello")).isNotEqualTo(FIRST);
    assertThat(print(1, "POST", "/s", null, "hello")).isNotEqualTo(FIRST);
    assertThat(print(1, "POST", "/s", "text/plain", "hello ")).isNotEqualTo(FIRST);
    assertThat(print(1, "POST", "/stext", "/plain", "hello")).isNotEqualTo(FIRST);
  }
}
