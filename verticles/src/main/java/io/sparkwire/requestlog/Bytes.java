package io.sparkwire.requestlog;

import java.util.Arrays;

/**
 * Bytes that are gathered in one array, which others may fill or read in place. Not thread-safe.
 */
final class Bytes {

  private static final int FIRST_CAPACITY = 1 << 12;
  private static final int MOST_KEPT = 1 << 20;

  private final int firstCapacity;
  private byte[] array;
  private int size;

  Bytes() {
    this(FIRST_CAPACITY);
  }

  /**
   * @param capacity bytes for which there is room at first
   */
  Bytes(int capacity) {
    firstCapacity = capacity;
    array = new byte[capacity];
  }

  int size() {
    return size;
  }

  /** The bytes; valid up to {@link #size}, and until the next change. */
  byte[] array() {
    return array;
  }

  /** The same, with room for so many more behind {@link #size}. */
  byte[] withRoom(int more) {
    if (array.length - size < more) {
      array = Arrays.copyOf(array, Math.max(2 * array.length, Math.addExact(size, more)));
    }
    return array;
  }

  /** The array has been filled up to there; or what is behind is forgotten. */
  void endAt(int end) {
    size = end;
  }

  /** Adds a character of ASCII. */
  void add(char c) {
    withRoom(1)[size] = (byte) c;
    size++;
  }

  void add(byte[] bytes, int from, int length) {
    System.arraycopy(bytes, from, withRoom(length), size, length);
    size += length;
  }

  /** Gives the array away, valid up to {@link #size}, and begins anew. */
  byte[] take() {
    byte[] taken = array;
    array = new byte[firstCapacity];
    size = 0;
    return taken;
  }

  /** Forgets them, and gives back what a large record took. */
  void clear() {
    size = 0;
    if (array.length > MOST_KEPT) {
      array = new byte[MOST_KEPT];
    }
  }
}
