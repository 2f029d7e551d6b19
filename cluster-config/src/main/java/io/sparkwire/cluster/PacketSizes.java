package io.sparkwire.cluster;

import java.nio.ByteBuffer;
import java.util.function.IntPredicate;

/**
 * Finds the sizes that Hazelcast's packets announce, on one connection and in whatever parts they
 * come.
 *
 * <p>A packet is a version (1 byte), flags (2), a partition (4), its size (4), and as many bytes.
 * Not thread-safe.
 */
final class PacketSizes {

  private static final int HEADER_BYTES = 11;
  private static final int SIZE_AT = 7;

  /** How much of the packet at hand has not come yet. */
  private long left;

  /**
   * Checks the header of each packet that is about to be read. Nothing may be asked after a no.
   *
   * @param in the bytes received, from its start to its position; the bytes of an incomplete header
   *     are there again the next time, and no others
   * @return whether all sizes are allowed
   */
  boolean allow(ByteBuffer in, IntPredicate allowed) {
    long at = left;
    while (in.position() - at >= HEADER_BYTES) {
      int size = in.getInt((int) at + SIZE_AT);
      if (!allowed.test(size)) {
        return false;
      }
      at += HEADER_BYTES + size;
    }
    left = Math.max(0, at - in.position());
    return true;
  }
}
