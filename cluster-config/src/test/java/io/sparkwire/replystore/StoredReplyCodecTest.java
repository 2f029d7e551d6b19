package io.sparkwire.replystore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkwire.history.GoldenRequest;
import io.sparkwire.message.FakePendingRequest;
import io.sparkwire.message.ServiceReply;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The bytes that are kept: nodes of this version read what others have written. */
class StoredReplyCodecTest {

  private static final String REQUEST = "05" /* version */ + GoldenRequest.NUMBER_7;

  private static final String REPLY =
      "05" // version
          + "000000c8" // status
          + "00000001"
          + "74" // content type
          + "00000000" // headers
          + "00000001"
          + "2a"; // body

  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex);
  }

  @Test
  void aRequestHasTheseBytes() {
    assertThat(StoredReplyCodec.write(FakePendingRequest.number(7).request()))
        .isEqualTo(bytes(REQUEST));
    assertThat(StoredReplyCodec.readRequest(bytes(REQUEST)).id().sequence()).isEqualTo(7);
  }

  @Test
  void aReplyHasTheseBytes() {
    ServiceReply reply = new ServiceReply(200, "t", List.of(), new byte[] {42});

    assertThat(StoredReplyCodec.write(reply)).isEqualTo(bytes(REPLY));
    assertThat(StoredReplyCodec.readReply(bytes(REPLY)).contentType()).isEqualTo("t");
    assertThat(StoredReplyCodec.readReply(bytes(REPLY)).body()).containsExactly(42);
  }

  @Test
  void whatAnotherVersionKeptIsNotRead() {
    assertThatThrownBy(() -> StoredReplyCodec.readReply(bytes("01" + REPLY.substring(2))))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("expected a message of version 5, got version 1");
  }
}
