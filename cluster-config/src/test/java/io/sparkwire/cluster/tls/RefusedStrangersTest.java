package io.sparkwire.cluster.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkwire.log.RecordingLogger;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RefusedStrangersTest {

  private final RecordingLogger log = new RecordingLogger();
  private final AtomicLong clock = new AtomicLong();
  private final RefusedStrangers strangers = new RefusedStrangers(log, clock::get);

  @Test
  void anAddressGetsALineAnHourForEachPort() {
    strangers.refused(RefusedStrangers.BUS, "10.0.0.9", StrangerReason.OTHER_SECRET);
    strangers.refused(RefusedStrangers.BUS, "10.0.0.9", StrangerReason.CLEAR_TEXT);
    strangers.refused(RefusedStrangers.MEMBERS, "10.0.0.9", StrangerReason.CLEAR_TEXT);
    clock.addAndGet(TimeUnit.HOURS.toNanos(1));
    strangers.refused(RefusedStrangers.BUS, "10.0.0.9", StrangerReason.CLEAR_TEXT);

    assertThat(log.lines)
        .containsExactly(
            "WARN event=stranger-refused 10.0.0.9 is no node of this cluster, and was refused at"
                + " the event bus: it does not know this cluster's secret",
            "WARN event=stranger-refused 10.0.0.9 is no node of this cluster, and was refused at"
                + " the cluster port: it has no cluster secret, or is no node: it does not speak"
                + " TLS",
            "WARN event=stranger-refused 10.0.0.9 is no node of this cluster, and was refused at"
                + " the event bus: it has no cluster secret, or is no node: it does not speak TLS");
  }

  @Test
  void manyAddressesGetABoundedNumberOfLines() {
    for (int i = 0; i < 2 * RefusedStrangers.MOST_ADDRESSES; i++) {
      strangers.refused(RefusedStrangers.BUS, "10.0." + i / 256 + '.' + i % 256, "a reason");
    }

    assertThat(log.lines).hasSize(RefusedStrangers.MOST_ADDRESSES);
  }
}
