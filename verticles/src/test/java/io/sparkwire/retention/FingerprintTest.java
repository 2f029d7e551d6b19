package io.sparkwire.retention;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sparkwire.message.NodeId;
import io.sparkwire.message.RequestId;
import io.sparkwire.message.ServiceRequest;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FingerprintTest {

  private static final String FIRST = print(1, "POST", "/s", "text/plain", "hello");

  private static String print(
      long sequence, String method, String uri, String contentType, String body) {
    MultiMap headers = HttpHeaders.headers().add("X-Trace", "" + sequence);
    if (contentType != null) {
      headers.add("Content-Type", contentType);
    }
    return Fingerprint.of(
        new ServiceRequest(
            new RequestId(new NodeId("n1"), sequence),
            "s",
            method,
            uri,
            "HTTP/1.1",
            headers,
            Map.of(),
            body.getBytes(UTF_8),
            ServiceRequest.ONE_ROW,
            sequence));
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
