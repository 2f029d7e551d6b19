package io.sparkwire.load.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class LoopbackTest {
  private static final String HEAD =
      " face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets";
  private static final String OTHER = "  eth0: 17 1 0 0 0 0 0 0 18 1 0 0 0 0 0 0";

  @Test
  void whatWasReceivedCountsOnce() throws Exception {
    String lo =
        "    lo: 8605195902 49705337    0    0    0     0          0         0 8605195903 4";

    assertThat(Loopback.bytes(List.of(HEAD, OTHER, lo))).isEqualTo(8_605_195_902L);
  }

  @Test
  void aLongCounterMayTouchTheName() throws Exception {
    assertThat(Loopback.bytes(List.of("lo:123456789012 1"))).isEqualTo(123_456_789_012L);
  }

  @Test
  void aMachineWithoutItIsAnError() {
    assertThatThrownBy(() -> Loopback.bytes(List.of(HEAD, OTHER)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("eth0");
  }
}
