package io.sparkwire.python;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;

/**
 * Frames from a channel that does not block.
 *
 * <p>Runs on: the thread that has taken the worker. Not thread-safe.
 */
final class FrameReader {

  /** A byte for the type, and the length of what follows. */
  static final int HEADER_BYTES = 5;

  private static final int BUFFER_BYTES = 1 << 16;

  private final ReadableByteChannel channel;
  private final ByteBuffer received = ByteBuffer.allocateDirect(BUFFER_BYTES).flip();
  private FrameType type;
  private byte[] body;
  private int filled;

  FrameReader(ReadableByteChannel channel) {
    this.channel = channel;
  }

  /**
   * The next frame; null if it has not arrived completely.
   *
   * @throws EOFException if the other side has closed the channel
   */
  Frame poll() throws IOException {
    while (!take()) {
      received.compact();
      int count = channel.read(received);
      received.flip();
      if (count < 0) {
        throw new EOFException("it has closed its connection");
      }
      if (count == 0) {
        return null;
      }
    }
    Frame frame = new Frame(type, body);
    type = null;
    return frame;
  }

  /** Continues the frame with what has been received; returns whether it is complete. */
  private boolean take() {
    if (type == null) {
      if (received.remaining() < HEADER_BYTES) {
        return false;
      }
      type = FrameType.of(received.get());
      body = new byte[received.getInt()];
      filled = 0;
    }
    int count = Math.min(received.remaining(), body.length - filled);
    received.get(body, filled, count);
    filled += count;
    return filled == body.length;
  }
}
