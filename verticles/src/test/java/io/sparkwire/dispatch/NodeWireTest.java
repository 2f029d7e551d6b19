package io.sparkwire.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkwire.dispatch.Notice.Kind;
import io.sparkwire.exchange.RemoteTimes;
import io.sparkwire.message.FakePendingRequest;
import io.sparkwire.message.NodeId;
import io.sparkwire.message.RequestId;
import io.sparkwire.message.RowId;
import io.sparkwire.message.ServiceReply;
import io.vertx.core.buffer.Buffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The bytes of messages between dispatchers. */
class NodeWireTest {

  private static final String NOTICES =
      "05 00000002 6e31 00000007" // version, sender, how many
          + "01 0000000000000007" // accepted
          + "04 0000000000000008 000000cc ffffffff 00000000 00000000 00" // reply
          + "04 000000000000000d 000000cc ffffffff 00000000 00000000" // and one with times
          + "02 00000011 00000fa0" // attempts, queue, pipeline
          + "05 0000000000000009" // finished
          + "06 000000000000000a 00000002 00000011" // a row, of so many
          + "000000cc ffffffff 00000000 00000000" // its reply
          + "07 000000000000000b 00000000 00000001" // a row that was left out
          + "000000cc ffffffff 00000000 00000000" // what the request gets if all are
          + "08 000000000000000c 000000cc ffffffff 00000000 00000000"; // no row is left

  private static final String HAND_OFFS =
      "05 00000002" // version, how many
          + "00000000000003e8" // remaining milliseconds
          + "00000002 6e31 0000000000000007 00000001 73 00000004 504f5354 00000002 2f73"
          + "00000008 485454502f312e31 0000000000000000 ffffffff ffffffff 00000000 00000000"
          + "00000000000003e9"
          + "00000002 6e31 0000000000000008 00000001 73 00000004 504f5354 00000002 2f73"
          + "00000008 485454502f312e31 0000000000000000 ffffffff ffffffff 00000000 00000000";

  private static final NodeId OTHER = new NodeId("n2");
  private static final ServiceReply NO_CONTENT =
      new ServiceReply(204, null, List.of(), new byte[0]);

  private static final RemoteTimes TIMES = new RemoteTimes(2, 17, 4_000);

  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex.replace(" ", ""));
  }

  @Test
  void noticesHaveTheseBytesAfterWhateverIsThere() {
    NoticeBatch notices =
        new NoticeBatch(
            new NodeId("n1"),
            List.of(
                Notice.of(Kind.ACCEPTED, 7),
                Notice.reply(8, NO_CONTENT, null),
                Notice.reply(13, NO_CONTENT, TIMES),
                Notice.of(Kind.FINISHED, 9),
                Notice.row(Kind.ROW, new RowId(new RequestId(OTHER, 10), 2, 17), NO_CONTENT),
                Notice.row(
                    Kind.ROW_LEFT_OUT, new RowId(new RequestId(OTHER, 11), 0, 1), NO_CONTENT),
                Notice.rowsEnded(12, NO_CONTENT)));
    Buffer written = Buffer.buffer("xx");
    new NoticeBatchCodec().encodeToWire(written, notices);

    assertThat(written.getBytes(2, written.length())).isEqualTo(bytes(NOTICES));
    NoticeBatch read = new NoticeBatchCodec().decodeFromWire(2, written);
    assertThat(read.from()).isEqualTo(notices.from());
    assertThat(read.list())
        .extracting(Notice::kind)
        .containsExactly(
            Kind.ACCEPTED,
            Kind.REPLY,
            Kind.REPLY,
            Kind.FINISHED,
            Kind.ROW,
            Kind.ROW_LEFT_OUT,
            Kind.ROWS_ENDED);
    assertThat(read.list())
        .extracting(Notice::sequence)
        .containsExactly(7L, 8L, 13L, 9L, 10L, 11L, 12L);
    assertThat(read.list())
        .filteredOn(notice -> notice.kind().hasReply())
        .allMatch(notice -> notice.reply().status() == 204)
        .hasSize(5);
    assertThat(read.list().get(1).times()).isNull();
    assertThat(read.list().get(2).times()).isEqualTo(TIMES);
    assertThat(read.list().get(4).row(OTHER)).isEqualTo(new RowId(new RequestId(OTHER, 10), 2, 17));
  }

  @Test
  void handOffsHaveTheseBytesAfterWhateverIsThere() {
    HandOffBatch handOffs =
        new HandOffBatch(
            List.of(
                new HandOffMessage(FakePendingRequest.number(7).request(), 1_000),
                new HandOffMessage(FakePendingRequest.number(8).request(), 1_001)));
    Buffer written = Buffer.buffer("xx");
    new HandOffBatchCodec().encodeToWire(written, handOffs);

    assertThat(written.getBytes(2, written.length())).isEqualTo(bytes(HAND_OFFS));
    HandOffBatch read = new HandOffBatchCodec().decodeFromWire(2, written);
    assertThat(read.list())
        .extracting(HandOffMessage::remainingMillis)
        .containsExactly(1_000L, 1_001L);
    assertThat(read.list())
        .extracting(handOff -> handOff.request().id().sequence())
        .containsExactly(7L, 8L);
  }

  @Test
  void handOffsThatAreCutShortAreNotRead() {
    byte[] whole = bytes(HAND_OFFS);
    for (int length = 0; length < whole.length; length++) {
      Buffer cut = Buffer.buffer(Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> new HandOffBatchCodec().decodeFromWire(0, cut))
          .isInstanceOf(IndexOutOfBoundsException.class);
    }
  }

  @Test
  void handOffsOfAnotherVersionAreNotRead() {
    byte[] other = bytes(HAND_OFFS);
    other[0] = 1;
    assertThatThrownBy(() -> new HandOffBatchCodec().decodeFromWire(0, Buffer.buffer(other)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(", got version 1;");
  }
}
