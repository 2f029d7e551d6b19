package io.sparkwire.replystore;

import com.google.errorprone.annotations.concurrent.GuardedBy;

/**
 * How much of its own entries a member lets go, where those and its backups of other members'
 * entries are more than the bound.
 *
 * <p>A member cannot let go of backups: their owners do. So the members share the work by what each
 * owns, and a member that owns less than half of what it holds keeps half of the bound for itself
 * while it waits for the others. Only if they do nothing, because they are slow or are within their
 * own bound, does it let go of more. Thread-safe.
 */
final class OwnShare {

  /** How many checks in a row a member waits for the others. */
  static final int PATIENCE = 50;

  private static final double AFTERWARDS = 15.0 / 16;
  private static final double HALF = 0.5;

  private final long mostBytes;

  @GuardedBy("this")
  private int waits;

  /**
   * @param mostBytes that a member may hold
   */
  OwnShare(long mostBytes) {
    this.mostBytes = mostBytes;
  }

  /** Whether a member holds too much. */
  boolean isExceeded(long owned, long backups) {
    return owned + backups > mostBytes;
  }

  /**
   * How many bytes of its own entries a member must let go, so that a sixteenth of the bound is
   * free when all members have done the same. It is asked at each check.
   *
   * @param owned bytes of the member's own entries
   * @param backups bytes of its backups of other members' entries
   */
  synchronized long excess(long owned, long backups) {
    if (!isExceeded(owned, backups)) {
      waits = 0;
      return 0;
    }
    double part = (double) owned / (owned + backups);
    boolean waiting = part < HALF && waits < PATIENCE;
    if (waiting) {
      waits++;
    }
    double share = waiting ? HALF : part;
    return Math.max(0, owned - (long) (mostBytes * AFTERWARDS * share));
  }
}
