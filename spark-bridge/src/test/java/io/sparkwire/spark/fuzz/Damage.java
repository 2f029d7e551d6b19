package io.sparkwire.spark.fuzz;

import java.util.Arrays;
import java.util.Random;

/** Small changes of bytes that were in order. Stateless. */
final class Damage {

  private static final String ODD = "{}[],:\"\\0-.eE+ tfnN19";

  private Damage() {}

  /** The bytes after one change, at least one of them. */
  static byte[] of(byte[] bytes, Random random) {
    int at = random.nextInt(bytes.length);
    return switch (random.nextInt(5)) {
      case 0 -> Arrays.copyOf(bytes, Math.max(1, at));
      case 1 -> without(bytes, at, 1 + random.nextInt(8));
      case 2 -> with(bytes, at, ODD.charAt(random.nextInt(ODD.length())));
      case 3 -> with(Arrays.copyOf(bytes, bytes.length + 1), bytes.length, random.nextInt(256));
      default -> with(bytes, at, random.nextInt(256));
    };
  }

  private static byte[] with(byte[] bytes, int at, int value) {
    byte[] changed = bytes.clone();
    changed[at] = (byte) value;
    return changed;
  }

  private static byte[] without(byte[] bytes, int at, int count) {
    int rest = Math.max(0, bytes.length - at - count);
    byte[] less = Arrays.copyOf(bytes, Math.max(1, at + rest));
    System.arraycopy(bytes, bytes.length - rest, less, at, rest);
    return less;
  }
}
