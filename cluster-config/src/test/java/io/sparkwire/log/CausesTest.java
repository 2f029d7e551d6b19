package io.sparkwire.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class CausesTest {

  private final IOException root = new IOException("the disk is full");
  private final Exception outer =
      new IllegalStateException("outer", new RuntimeException("inner", root));

  @Test
  void theChainBeginsWithTheExceptionAndEndsWithItsRoot() {
    assertThat(Causes.chain(outer)).hasSize(3).startsWith(outer).endsWith(root);
    assertThat(Causes.root(outer)).isSameAs(root);
    assertThat(Causes.root(root)).isSameAs(root);
  }

  @Test
  void theMessageIsThatOfTheRoot() {
    assertThat(Causes.message(outer)).isEqualTo("the disk is full");
  }

  @Test
  void aRootWithoutAMessageIsNamedByItsClass() {
    assertThat(Causes.message(new RuntimeException("outer", new NullPointerException())))
        .isEqualTo("java.lang.NullPointerException");
  }
}
