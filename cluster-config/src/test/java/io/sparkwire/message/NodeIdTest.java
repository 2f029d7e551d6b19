package io.sparkwire.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NodeIdTest {

  @ParameterizedTest
  @ValueSource(strings = {"0", "a", "n1", "01234567890", "zzzzzzzzzzz"})
  void anIdIsItsText(String text) {
    assertThat(new NodeId(text)).hasToString(text).isEqualTo(new NodeId(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "A", "a-b", "a.b", " a", "a\n", "ä", "٣", "012345678901"})
  void anyOtherTextIsRefused(String text) {
    assertThatThrownBy(() -> new NodeId(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a node id has 1 to 11 characters of 0-9 and a-z, got '" + text + "'");
  }

  @Test
  void randomIdsUse54BitsAndAreAlwaysValid() {
    assertThat(NodeId.random(() -> 0L)).hasToString("0");
    assertThat(NodeId.random(() -> 1L << 10)).hasToString("1");
    assertThat(NodeId.random(() -> -1L)).hasToString(Long.toString((1L << 54) - 1, 36));
  }

  @Test
  void randomIdsDiffer() {
    Random random = new Random(1);
    Set<NodeId> ids = new HashSet<>();
    for (int i = 0; i < 10_000; i++) {
      ids.add(NodeId.random(random));
    }
    assertThat(ids).hasSize(10_000);
  }
}
