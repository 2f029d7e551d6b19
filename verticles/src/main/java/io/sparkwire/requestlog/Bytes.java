package io.sparkwire.requestlog;

import java.io.ByteArrayOutputStream;

/** Bytes that are gathered, and can be read without a copy. Not thread-safe. */
final class Bytes extends ByteArrayOutputStream {

  private static final int KEPT = 1 << 20;

  /** The bytes; valid up to {@link #size}, and until the next change. */
  byte[] array() {
    return buf;
  }

  /** Forgets what came after so many of them. */
  void cut(int length) {
    count = length;
  }

  /** Forgets them, and gives back what a large record took. */
  @Override
  public synchronized void reset() {
    super.reset();
    if (buf.length > KEPT) {
      buf = new byte[KEPT];
    }
  }
}
