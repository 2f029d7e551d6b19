package io.sparkwire.spark;

import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;

/**
 * What goes wrong in one run of a history check, all of it decided by the seed. Immutable.
 *
 * @param seed two schedules of the same seed are the same
 */
record FaultSchedule(long seed) implements Serializable {

  private static final Duration PATIENT = Duration.ofSeconds(30);
  private static final Duration IMPATIENT = Duration.ofSeconds(3);
  private static final int PER_MILLE = 1_000;
  private static final int MOST_ROWS = 5;

  /** What one row meets. */
  enum Fault {
    NONE,
    /** The pipeline throws when it sees it for the first time. */
    FAILS_ONCE,
    /** The pipeline always throws. */
    POISON,
    /** The pipeline takes 20 ms. */
    SLOW,
    /** The pipeline takes longer than its deadline. */
    LATE,
    /** The client goes away without waiting. */
    HANGS_UP
  }

  /** The service's time-out: every third schedule has a short one, and rows that miss it. */
  Duration timeout() {
    return isImpatient() ? IMPATIENT : PATIENT;
  }

  private boolean isImpatient() {
    return Math.floorMod(seed, 3) == 0;
  }

  /** Whether requests have many rows: those of every fourth schedule have. */
  boolean hasManyRows() {
    return Math.floorMod(seed, 4) == 2;
  }

  /** The values of a request's rows, which no other has; the first says what its client does. */
  List<Long> values(long request) {
    int rows = hasManyRows() ? random(request).split().nextInt(1, MOST_ROWS + 1) : 1;
    return LongStream.range(0, rows).mapToObj(row -> request * MOST_ROWS + row).toList();
  }

  /** What the row of that value meets. */
  Fault of(long value) {
    int lot = random(value).nextInt(PER_MILLE);
    if (lot < 30) {
      return Fault.FAILS_ONCE;
    }
    if (lot < 45) {
      return Fault.POISON;
    }
    if (lot < 75) {
      return Fault.SLOW;
    }
    if (lot < 105) {
      return Fault.HANGS_UP;
    }
    return lot < 108 && isImpatient() ? Fault.LATE : Fault.NONE;
  }

  /** After how many replies a query is stopped, for the n-th time. */
  int killAfter(int n) {
    return 20 + 35 * n + random(-1 - n).nextInt(30);
  }

  private SplittableRandom random(long of) {
    return new SplittableRandom(seed * 1_000_003 + of);
  }
}
