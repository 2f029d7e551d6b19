package io.sparkwire.message;

import io.vertx.core.buffer.Buffer;

/**
 * Appends values to the bytes that travel between nodes: numbers with the highest byte first, and
 * texts (UTF-8) and bodies after their length in four bytes.
 *
 * <p>Not thread-safe.
 */
public final class WireWriter {

  static final int NONE = -1;

  private final Buffer buffer;

  public WireWriter(Buffer buffer) {
    this.buffer = buffer;
  }

  public WireWriter number(int value) {
    buffer.appendInt(value);
    return this;
  }

  public WireWriter number(long value) {
    buffer.appendLong(value);
    return this;
  }

  /** A number from 0 to 127 in one byte. */
  public WireWriter small(int value) {
    buffer.appendByte((byte) value);
    return this;
  }

  /** A text, which may be null. */
  public WireWriter text(String value) {
    int start = buffer.length();
    buffer.appendInt(NONE);
    if (value != null) {
      buffer.appendString(value);
      buffer.setInt(start, buffer.length() - start - Integer.BYTES);
    }
    return this;
  }

  public WireWriter bytes(byte[] value) {
    buffer.appendInt(value.length).appendBytes(value);
    return this;
  }
}
