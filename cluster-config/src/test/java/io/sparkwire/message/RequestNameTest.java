package io.sparkwire.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.MultiMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestNameTest {

  private static ServiceRequest request(String name) {
    MultiMap headers = MultiMap.caseInsensitiveMultiMap();
    if (name != null) {
      headers.add("X-Request-Id", name);
    }
    RequestId id = new RequestId(new NodeId("n1"), 7);
    return new ServiceRequest(
        id,
        "s",
        "POST",
        "/s",
        "HTTP/1.1",
        headers,
        Map.of(),
        new byte[0],
        ServiceRequest.ONE_ROW,
        0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "!~", "5f0c-11", "\"\\{}"})
  void visibleAsciiIsAName(String name) {
    assertThat(RequestName.isValid(name)).isTrue();
    assertThat(RequestName.inLogs(request(name))).isEqualTo("n1-7 (X-Request-Id " + name + ")");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " a", "a b", "a\n", "\u00E9", "\u007f"})
  void anythingElseIsNone(String wrong) {
    assertThat(RequestName.isValid(wrong)).isFalse();
    assertThat(RequestName.inLogs(request(wrong))).isEqualTo("n1-7");
  }

  @Test
  void aNameHasABound() {
    assertThat(RequestName.isValid("x".repeat(128))).isTrue();
    assertThat(RequestName.isValid("x".repeat(129))).isFalse();
    assertThat(RequestName.inLogs(request(null))).isEqualTo("n1-7");
  }
}
