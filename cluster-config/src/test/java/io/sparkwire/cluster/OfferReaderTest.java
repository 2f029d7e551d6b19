package io.sparkwire.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkwire.log.RecordingLogger;
import io.sparkwire.message.NodeId;
import io.sparkwire.message.TestSpec;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OfferReaderTest {

  private static final String OF_ANOTHER_VERSION =
      "{\"version\":1,\"node\":\"n9\",\"capacity\":64,\"name\":\"s\",\"host\":\"127.0.0.1\","
          + "\"port\":8888,\"path\":\"/s\",\"methods\":[\"POST\"],\"maxInFlight\":100,"
          + "\"maxBodyBytes\":2048,\"timeoutMillis\":3000}";
  private static final String LINE =
      "WARN event=offer-ignored the offer n9/s cannot be read: this node reads offers of version 2,"
          + " got version 1; run the same release on all nodes of a cluster";
  private static final ServiceOffer OFFER =
      new ServiceOffer(new NodeId("n1"), TestSpec.of("s").build(), 64);

  private final RecordingLogger log = new RecordingLogger();
  private final OfferReader reader = new OfferReader(log);

  private List<String> warnings() {
    return log.lines.stream().filter(line -> line.startsWith("WARN")).toList();
  }

  private List<ServiceOffer> read(String another) {
    return reader.read(Map.of("n1/s", OFFER.toText(), "n9/s", another));
  }

  @Test
  void anOfferOfAnotherVersionIsLeftOutAndLoggedOnce() {
    assertThat(read(OF_ANOTHER_VERSION)).containsExactly(OFFER);
    assertThat(read(OF_ANOTHER_VERSION.replace("64", "0"))).containsExactly(OFFER);
    assertThat(warnings()).containsExactly(LINE);
  }

  @Test
  void itIsLoggedAgainIfItReturns() {
    read(OF_ANOTHER_VERSION);
    reader.read(Map.of());
    read(OF_ANOTHER_VERSION);

    assertThat(warnings()).containsExactly(LINE, LINE);
  }

  @Test
  void whatIsNoOfferIsLeftOut() {
    assertThat(read("[]")).containsExactly(OFFER);
    assertThat(read("{}")).containsExactly(OFFER);
    assertThat(warnings()).hasSize(1);
  }
}
