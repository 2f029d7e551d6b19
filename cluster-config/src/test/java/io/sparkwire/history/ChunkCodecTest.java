package io.sparkwire.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkwire.message.FakePendingRequest;
import io.sparkwire.message.ServiceRequest;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChunkCodecTest {

  private static final String GOLDEN =
      "0500000001" /* version, how many */ + GoldenRequest.NUMBER_7;

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
    byte[] other = HexFormat.of().parseHex("01" + GOLDEN.substring(2));

    assertThatThrownBy(() -> ChunkCodec.read(other))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("expected a message of version 5, got version 1");
  }
}
