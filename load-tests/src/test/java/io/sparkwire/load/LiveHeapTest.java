package io.sparkwire.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class LiveHeapTest {
  @Test
  void whatIsHeldCountsAndWhatIsNotDoesNot() throws IOException {
    long pid = ProcessHandle.current().pid();
    long before = LiveHeap.kibibytes(pid);
    byte[] held = new byte[64 << 20];
    long with = LiveHeap.kibibytes(pid);
    assertThat(held).hasSize(64 << 20);

    assertThat(with - before).isBetween(60L << 10, 80L << 10);
  }

  @Test
  void aProcessThatIsNoneIsRefused() {
    assertThatThrownBy(() -> LiveHeap.kibibytes(Integer.MAX_VALUE))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("jcmd");
  }
}
