package io.sparkwire.spark.json;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** A packed row while its values are read, one after the other. Confined to one thread. */
final class PackedRow {

  private final byte[] bytes;
  private final ByteBuffer values;
  private final boolean nulls;

  /** How many elements have been read. */
  private int taken;

  /**
   * @param bytesOfNulls how many bytes say which elements are null; 0 if none is
   */
  PackedRow(byte[] bytes, int bytesOfNulls) {
    this.bytes = bytes;
    this.nulls = bytesOfNulls > 0;
    this.values = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).position(bytesOfNulls);
  }

  /** Whether the element to read next is null. */
  boolean isNull() {
    return nulls && (bytes[taken / Byte.SIZE] >> taken % Byte.SIZE & 1) != 0;
  }

  /** Whether one of the next elements is null. */
  boolean hasNull(int elements) {
    boolean some = false;
    for (int at = taken; nulls && at < taken + elements; at++) {
      some |= (bytes[at / Byte.SIZE] >> at % Byte.SIZE & 1) != 0;
    }
    return some;
  }

  /** Where the next element is. */
  int position() {
    return values.position();
  }

  /** Goes back to an element. */
  void back(int position, int elements) {
    values.position(position);
    taken -= elements;
  }

  boolean truth() {
    taken++;
    return values.get() != 0;
  }

  long whole() {
    taken++;
    return values.getLong();
  }

  double real() {
    taken++;
    return values.getDouble();
  }

  byte[] bytes() {
    taken++;
    byte[] own = new byte[values.getInt()];
    values.get(own);
    return own;
  }
}
