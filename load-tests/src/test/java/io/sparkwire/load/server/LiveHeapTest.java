package io.sparkwire.load.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class LiveHeapTest {
  @Test
  void allGenerationsCountButNotTheMetaspace() {
    String parallel =
        """
         PSYoungGen      total 305664K, used 191K [0x00000000eab00000, 0x0000000100000000)
          eden space 262144K, 0% used [0x00000000eab00000,0x00000000eab2fc48)
         ParOldGen       total 699392K, used 52345K [0x00000000c0000000, 0x00000000eab00000)
          object space 699392K, 7% used [0x00000000c0000000,0x00000000c331e5a8)
         Metaspace       used 91234K, committed 92000K, reserved 1179648K
          class space    used 11234K, committed 11500K, reserved 1048576K
        """;

    assertThat(LiveHeap.used(parallel)).isEqualTo(52_536);
  }

  @Test
  void aHeapWithoutGenerationsIsCountedOnce() {
    assertThat(LiveHeap.used(" garbage-first heap   total 256000K, used 12345K [0x0, 0x1)\n"))
        .isEqualTo(12_345);
  }

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
