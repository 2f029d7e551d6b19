package io.sparkwire.requestlog;

import io.sparkwire.message.RequestId;

/**
 * Which requests the payload log keeps: a share of them, decided by nothing but the id, so that it
 * is the same wherever it is asked. Immutable.
 */
final class PayloadSample {

  private static final double VALUES = 1L << 53;
  private static final int UNUSED_BITS = 64 - 53;

  private final long bound;

  /**
   * @param share 0 for none, 1 for all
   */
  PayloadSample(double share) {
    this.bound = Math.round(share * VALUES);
  }

  boolean takes(RequestId id) {
    long hash = mixed(id.sequence() + ((long) id.node().hashCode() << Integer.SIZE));
    return hash >>> UNUSED_BITS < bound;
  }

  /** Variant 13 of David Stafford's mixers, as in {@link java.util.SplittableRandom}. */
  private static long mixed(long value) {
    long z = value;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
