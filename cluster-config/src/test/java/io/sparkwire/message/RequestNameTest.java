package io.sparkwire.message;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestNameTest {

  private static ServiceRequest request(String name) {
    TestRequest request = TestRequest.number(7);
    if (name != null) {
      request.header("X-Request-Id", name);
    }
    return request.build();
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
