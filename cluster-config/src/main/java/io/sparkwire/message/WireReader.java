package io.sparkwire.message;

import io.vertx.core.buffer.Buffer;

/**
 * Reads what a {@link WireWriter} has written, value by value.
 *
 * <p>What is cut short or damaged fails with an {@link IndexOutOfBoundsException}. Not thread-safe.
 */
public final class WireReader {

  private final Buffer buffer;
  private int position;

  public WireReader(Buffer buffer, int position) {
    this.buffer = buffer;
    this.position = position;
  }

  public int number() {
    int value = buffer.getInt(position);
    position += Integer.BYTES;
    return value;
  }

  public long longNumber() {
    long value = buffer.getLong(position);
    position += Long.BYTES;
    return value;
  }

  public int small() {
    return buffer.getByte(position++);
  }

  public String text() {
    int length = number();
    if (length == WireWriter.NONE) {
      return null;
    }
    String value = buffer.getString(position, end(length));
    position += length;
    return value;
  }

  public byte[] bytes() {
    int length = number();
    byte[] value = buffer.getBytes(position, end(length));
    position += length;
    return value;
  }

  /** Where so many bytes end, which must be there: the buffer would make room for them before. */
  private int end(int length) {
    if (length < 0 || length > buffer.length() - position) {
      throw new IndexOutOfBoundsException(
          length + " bytes at " + position + " of " + buffer.length());
    }
    return position + length;
  }

  /**
   * Reads the version that begins a message.
   *
   * @throws IllegalStateException if it is not {@link Protocol#VERSION}
   */
  public WireReader checkVersion() {
    int version = small();
    if (version != Protocol.VERSION) {
      throw new IllegalStateException(
          "expected a message of version "
              + Protocol.VERSION
              + ", got version "
              + version
              + "; all nodes of a cluster must speak the same");
    }
    return this;
  }
}
