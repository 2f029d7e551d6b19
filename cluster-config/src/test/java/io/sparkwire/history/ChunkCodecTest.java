package io.sparkwire.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkwire.protocol.FakePendingRequest;
import io.sparkwire.protocol.ServiceRequest;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChunkCodecTest {

  private static final String GOLDEN =
      "0100000001" // version, how many
          + "000000026e310000000000000007" // id
          + "0000000173" // service
          + "00000004504f5354" // method
          + "000000022f73" // uri
          + "00000008485454502f312e31" // protocol version
          + "0000000000000000" // received at
          + "ffffffff" // headers
          + "ffffffff" // path parameters
          + "00000000"; // body

  @Test
  void aChunkHasTheseBytes() {
    ServiceRequest request = FakePendingRequest.number(7).request();

    assertThat(HexFormat.of().formatHex(ChunkCodec.write(List.of(request)))).isEqualTo(GOLDEN);
  }

  @Test
  void theseBytesAreThatChunk() {
    assertThat(ChunkCodec.read(HexFormat.of().parseHex(GOLDEN)))
        .singleElement()
        .extracting(ServiceRequest::id)
        .isEqualTo(FakePendingRequest.number(7).request().id());
  }

  @Test
  void aChunkOfAnotherVersionIsNotRead() {
    byte[] other = HexFormat.of().parseHex("02" + GOLDEN.substring(2));

    assertThatThrownBy(() -> ChunkCodec.read(other))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("a message of version 1 is expected, but one of version 2 came");
  }
}
