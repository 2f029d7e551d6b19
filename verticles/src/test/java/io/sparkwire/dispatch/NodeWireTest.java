package io.sparkwire.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkwire.dispatch.Notice.Kind;
import io.sparkwire.protocol.FakePendingRequest;
import io.sparkwire.protocol.NodeId;
import io.sparkwire.protocol.ServiceReply;
import io.vertx.core.buffer.Buffer;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The bytes of messages between dispatchers. */
class NodeWireTest {

  private static final String NOTICES =
      "01 00000002 6e31 00000003" // version, sender, how many
          + "01 0000000000000007" // accepted
          + "04 0000000000000008 000000cc ffffffff 00000000 00000000" // reply
          + "05 0000000000000009"; // finished

  private static final String HAND_OFF =
      "01 00000000000003e8" // version, remaining milliseconds
          + "00000002 6e31 0000000000000007 00000001 73 00000004 504f5354 00000002 2f73"
          + "00000008 485454502f312e31 0000000000000000 ffffffff ffffffff 00000000";

  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex.replace(" ", ""));
  }

  @Test
  void noticesHaveTheseBytesAfterWhateverIsThere() {
    Notices notices =
        new Notices(
            new NodeId("n1"),
            List.of(
                Notice.of(Kind.ACCEPTED, 7),
                Notice.reply(8, new ServiceReply(204, null, List.of(), new byte[0])),
                Notice.of(Kind.FINISHED, 9)));
    Buffer written = Buffer.buffer("xx");
    new NoticesCodec().encodeToWire(written, notices);

    assertThat(written.getBytes(2, written.length())).isEqualTo(bytes(NOTICES));
    Notices read = new NoticesCodec().decodeFromWire(2, written);
    assertThat(read.from()).isEqualTo(notices.from());
    assertThat(read.list())
        .extracting(Notice::kind)
        .containsExactly(Kind.ACCEPTED, Kind.REPLY, Kind.FINISHED);
    assertThat(read.list()).extracting(Notice::sequence).containsExactly(7L, 8L, 9L);
    assertThat(read.list().get(1).reply().status()).isEqualTo(204);
  }

  @Test
  void aHandOffHasTheseBytes() {
    Buffer written = Buffer.buffer();
    new RemoteHandOffCodec()
        .encodeToWire(written, new RemoteHandOff(FakePendingRequest.number(7).request(), 1_000));

    assertThat(written.getBytes()).isEqualTo(bytes(HAND_OFF));
    RemoteHandOff read = new RemoteHandOffCodec().decodeFromWire(0, written);
    assertThat(read.remainingMillis()).isEqualTo(1_000);
    assertThat(read.request().id().sequence()).isEqualTo(7);
  }
}
