package io.sparkwire.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestIdTest {

  @ParameterizedTest
  @CsvSource({
    "n1, 0, n1-0",
    "n1, 255, n1-ff",
    "zzzzzzzzzzz, 9223372036854775807, zzzzzzzzzzz-7fffffffffffffff",
    "0, -1, 0-ffffffffffffffff",
  })
  void theTextFormReadsBackAsTheSameId(String node, long sequence, String text) {
    RequestId id = new RequestId(new NodeId(node), sequence);

    assertThat(id).hasToString(text);
    assertThat(RequestId.parse(text)).isEqualTo(id);
  }

  @Test
  void idsOfOtherNodesAndNumbersDiffer() {
    RequestId id = RequestId.parse("n1-a");

    assertThat(id).isNotEqualTo(RequestId.parse("n2-a")).isNotEqualTo(RequestId.parse("n1-b"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "n1",
        "-",
        "-1",
        "n1-",
        "n1-g",
        "n1-1-2",
        "n1--1",
        "n1-+1",
        "n1- 1",
        "N1-1",
        "n1-10000000000000000"
      })
  void anyOtherTextIsRefused(String text) {
    assertThatThrownBy(() -> RequestId.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theRefusalSaysWhatARequestIdReadsLike() {
    assertThatThrownBy(() -> RequestId.parse("seven"))
        .hasMessage("a request id reads <node>-<sequence>, got 'seven'");
    assertThatThrownBy(() -> RequestId.parse("n1-seven"))
        .hasMessage("a request id reads <node>-<sequence>, got 'n1-seven'");
  }
}
