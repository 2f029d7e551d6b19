package io.sparkwire.wire;

/** How a packed row holds one value. All numbers are little-endian. */
public enum PackedType {
  /** One byte: 0 or 1. */
  BOOL(1),
  /** A signed number of 8 bytes. */
  INT64(8),
  /** A number of 8 bytes without a sign. */
  UINT64(8),
  /** A number of IEEE 754 of 8 bytes. */
  FP64(8),
  /** The length in bytes, as a number of 4 bytes, and text in UTF-8. */
  TEXT(0),
  /** The length, as a number of 4 bytes, and bytes that may be anything. */
  BYTES(0);

  private final int bytes;

  PackedType(int bytes) {
    this.bytes = bytes;
  }

  /** How many bytes a value has; 0 if each has its own length before it. */
  public int bytes() {
    return bytes;
  }
}
