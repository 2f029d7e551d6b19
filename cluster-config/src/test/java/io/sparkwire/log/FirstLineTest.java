package io.sparkwire.log;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FirstLineTest {

  @Test
  void thePlanBelowAMessageIsLeftOut() {
    assertThat(FirstLine.of("\n[UNRESOLVED_COLUMN] no column 'x';\n'Project ['x]\n+- Range"))
        .isEqualTo("[UNRESOLVED_COLUMN] no column 'x'");
  }

  @Test
  void aMessageOfOneLineStaysAsItIs() {
    assertThat(FirstLine.of(new IllegalStateException("a; b"))).isEqualTo("a; b");
  }

  @Test
  void aFailureWithoutAMessageSaysItsName() {
    assertThat(FirstLine.of(new IllegalStateException()))
        .isEqualTo("java.lang.IllegalStateException");
  }

  @Test
  void aBlankMessageHasNoLine() {
    assertThat(FirstLine.of(" \n ")).isEmpty();
  }
}
