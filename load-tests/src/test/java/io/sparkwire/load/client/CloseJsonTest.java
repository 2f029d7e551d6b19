package io.sparkwire.load.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CloseJsonTest {
  private static final String RIGHT = "{\"a\":[0.5,1E-7,-3],\"b\":\"x\"}";

  private final CloseJson json = new CloseJson(bytes(RIGHT), 1e-4);

  @ParameterizedTest
  @ValueSource(
      strings = {
        RIGHT,
        "{\"a\":[0.50009,0,-3.0],\"b\":\"x\"}",
        " { \"a\" : [ 0.49991, 0.0000001, -3 ], \"b\": \"x\" } "
      })
  void numbersMayBeOffByTheTolerance(String close) {
    assertThat(isClose(close)).isTrue();
    assertThat(isClose(close)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a\":[0.50011,1E-7,-3],\"b\":\"x\"}",
        "{\"a\":[0.5,1E-7,3],\"b\":\"x\"}",
        "{\"a\":[0.5,1E-7],\"b\":\"x\"}",
        "{\"a\":[0.5,1E-7,-3,0],\"b\":\"x\"}",
        "{\"a\":[0.5,[1E-7],-3],\"b\":\"x\"}",
        "{\"a\":[\"0.5\",1E-7,-3],\"b\":\"x\"}",
        "{\"a\":[NaN,1E-7,-3],\"b\":\"x\"}",
        "{\"a\":[null,1E-7,-3],\"b\":\"x\"}",
        "{\"a\":[0.5,1E-7,-3],\"b\":\"y\"}",
        "{\"c\":[0.5,1E-7,-3],\"b\":\"x\"}",
        "{\"a\":[0.5,1E-7,-3]}",
        "{\"a\":[0.5,1E-7,-3],\"b\":\"x\"}{}",
        "{\"a\":[0.5,1E-7,-3],\"b\":\"x\"",
        ""
      })
  void whatElseDiffersIsWrong(String other) {
    assertThat(isClose(other)).isFalse();
    assertThat(isClose(RIGHT)).isTrue();
    assertThat(isClose(other)).isFalse();
  }

  @Test
  void aTextIsComparedWithTheRightOneAndNotWithOneThatWasClose() {
    assertThat(isClose("{\"a\":[0.50009,1E-7,-3],\"b\":\"x\"}")).isTrue();

    assertThat(isClose("{\"a\":[0.50018,1E-7,-3],\"b\":\"x\"}")).isFalse();
  }

  /** As it stands in a buffer, with something else before and behind. */
  private boolean isClose(String text) {
    byte[] buffer = bytes("[1]" + text + "[2]");
    return json.isCloseTo(buffer, 3, buffer.length - 3);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
