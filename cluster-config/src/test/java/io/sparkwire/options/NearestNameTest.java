package io.sparkwire.options;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestNameTest {

  @Test
  void theFewestEditsWin() {
    assertThat(NearestName.of("prot", List.of("path", "port", "host"))).isEqualTo("port");
    assertThat(NearestName.of("max-inflight", List.of("max-body", "max-in-flight")))
        .isEqualTo("max-in-flight");
  }

  @Test
  void ofSeveralTheFirstInOrderIsNamed() {
    assertThat(NearestName.of("x", List.of("c", "a", "b"))).isEqualTo("a");
  }

  @Test
  void withoutAnyKnownNameThereIsNone() {
    assertThat(NearestName.of("x", List.of())).isEqualTo("none");
  }
}
