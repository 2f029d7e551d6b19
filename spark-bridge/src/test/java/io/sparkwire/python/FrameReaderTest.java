package io.sparkwire.python;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.Test;

class FrameReaderTest {

  private final Pieces pieces = new Pieces();
  private final FrameReader reader = new FrameReader(pieces);

  /** Returns a piece at each read, nothing if there is none, and then that it is closed. */
  private static final class Pieces implements ReadableByteChannel {

    private final Deque<byte[]> pieces = new ArrayDeque<>();
    private boolean open = true;

    void add(int... bytes) {
      byte[] piece = new byte[bytes.length];
      for (int i = 0; i < bytes.length; i++) {
        piece[i] = (byte) bytes[i];
      }
      pieces.add(piece);
    }

    @Override
    public int read(ByteBuffer target) {
      if (pieces.isEmpty()) {
        return open ? 0 : -1;
      }
      byte[] piece = pieces.remove();
      target.put(piece);
      return piece.length;
    }

    @Override
    public boolean isOpen() {
      return open;
    }

    @Override
    public void close() {
      open = false;
    }
  }

  @Test
  void aFrameIsItsTypeTheLengthAndTheBody() throws IOException {
    pieces.add('D', 0, 0, 0, 3, 7, 8, 9);
    Frame frame = reader.poll();
    assertThat(frame.type()).isEqualTo(FrameType.DATA);
    assertThat(frame.body()).containsExactly(7, 8, 9);
    assertThat(reader.poll()).isNull();
  }

  @Test
  void aFrameMayArriveInPieces() throws IOException {
    pieces.add('X', 0, 0);
    assertThat(reader.poll()).isNull();
    pieces.add(0, 2, 'o');
    assertThat(reader.poll()).isNull();
    pieces.add('k');
    assertThat(reader.poll().text()).isEqualTo("ok");
  }

  @Test
  void severalFramesMayArriveAtOnce() throws IOException {
    pieces.add('D', 0, 0, 0, 1, 5, 'N', 0, 0, 0, 0, 'R', 0);
    assertThat(reader.poll().body()).containsExactly(5);
    assertThat(reader.poll().type()).isEqualTo(FrameType.NEXT);
    assertThat(reader.poll()).isNull();
    pieces.add(0, 0, 0);
    assertThat(reader.poll().type()).isEqualTo(FrameType.READY);
  }

  @Test
  void aBodyMayBeLargerThanTheBuffer() throws IOException {
    pieces.add('D', 0, 3, 0, 0);
    int[] part = new int[1 << 16];
    pieces.add(part);
    pieces.add(part);
    pieces.add(part);
    assertThat(reader.poll().body()).hasSize(3 << 16);
  }

  @Test
  void whatArrivedBeforeTheEndIsStillRead() throws IOException {
    pieces.add('N', 0, 0, 0, 0);
    pieces.close();
    assertThat(reader.poll().type()).isEqualTo(FrameType.NEXT);
    assertThatThrownBy(reader::poll).isInstanceOf(EOFException.class);
  }

  @Test
  void anUnknownTypeIsRefused() {
    pieces.add('?', 0, 0, 0, 0);
    assertThatThrownBy(reader::poll).hasMessage("no frame begins with byte 63");
  }
}
