package io.sparkwire.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.internal.nio.IOUtil;
import com.hazelcast.internal.nio.PacketIOHelper;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PacketSizesTest {

  private static final int MOST = 20;

  private final PacketSizes sizes = new PacketSizes();
  private final List<Integer> seen = new ArrayList<>();
  private final ByteBuffer in = ByteBuffer.allocate(100);
  private final PacketIOHelper hazelcast = new PacketIOHelper();

  /** The whole packets, and the header of one that no room is made for. */
  private static byte[] packets(int last, int... whole) {
    ByteBuffer packets = ByteBuffer.allocate(100);
    for (int size : whole) {
      header(packets, size).put(new byte[size]);
    }
    header(packets, last).flip();
    byte[] bytes = new byte[packets.remaining()];
    packets.get(bytes);
    return bytes;
  }

  private static ByteBuffer header(ByteBuffer packets, int size) {
    return packets.put((byte) 4).putChar((char) 0).putInt(-1).putInt(size);
  }

  /** What a connection does with bytes that it receives. */
  private boolean receive(byte[] bytes, int from, int to) {
    in.put(bytes, from, to - from);
    if (!sizes.allow(in, this::isAllowed)) {
      return false;
    }
    in.flip();
    while (in.hasRemaining() && hazelcast.readFrom(in) != null) {
      // the next packet
    }
    IOUtil.compactOrClear(in);
    return true;
  }

  private boolean isAllowed(int size) {
    seen.add(size);
    return size >= 0 && size <= MOST;
  }

  @Test
  void theSizesOfLaterPacketsAreSeenToo() {
    byte[] packets = packets(MOST + 1, 9, 0, MOST);

    assertThat(receive(packets, 0, packets.length)).isFalse();
    assertThat(seen).containsExactly(9, 0, MOST, MOST + 1);
  }

  @Test
  void sizesAreSeenWhereverThePacketsAreCut() {
    byte[] packets = packets(-1, 9, 0, MOST);
    for (int cut = 1; cut < packets.length; cut++) {
      PacketSizesTest fresh = new PacketSizesTest();

      assertThat(fresh.receive(packets, 0, cut)).as("first %d bytes", cut).isTrue();
      assertThat(fresh.receive(packets, cut, packets.length)).as("after %d bytes", cut).isFalse();
      assertThat(fresh.seen).as("after %d bytes", cut).containsExactly(9, 0, MOST, -1);
    }
  }

  @Test
  void aSizeIsSeenWithTheLastByteOfItsHeader() {
    byte[] packets = packets(-1, 9, 0, MOST);
    for (int i = 0; i < packets.length; i++) {
      assertThat(receive(packets, i, i + 1)).isEqualTo(i < packets.length - 1);
    }
    assertThat(seen).containsExactly(9, 0, MOST, -1);
  }
}
