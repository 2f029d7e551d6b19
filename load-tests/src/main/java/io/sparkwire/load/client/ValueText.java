package io.sparkwire.load.client;

import java.nio.charset.StandardCharsets;

/**
 * Bytes, given as a text with a character for each, with at most one number in them that can be
 * overwritten in place.
 *
 * <p>The number has a fixed width, so that a request never changes its length: no length to
 * compute, nothing to copy, nothing to allocate while a client measures. Not thread-safe.
 */
final class ValueText {
  /** Marks the place of the number in a template. */
  static final String SLOT = "<value>";

  /** The smallest number of full width; a run that counts upwards from here cannot outgrow it. */
  static final long FIRST_VALUE = 100_000_000_000L;

  private static final int DIGITS = Long.toString(FIRST_VALUE).length();

  private final byte[] bytes;
  private final int slot;

  ValueText(String template) {
    slot = template.indexOf(SLOT);
    bytes =
        template.replace(SLOT, Long.toString(FIRST_VALUE)).getBytes(StandardCharsets.ISO_8859_1);
  }

  /** Writes the number into its place; does nothing when the text has none. */
  void put(long value) {
    if (slot < 0) {
      return;
    }
    long rest = value;
    for (int i = slot + DIGITS - 1; i >= slot; i--) {
      bytes[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
  }

  /** The text itself, not a copy: it changes with the next {@link #put}. */
  byte[] bytes() {
    return bytes;
  }

  int length() {
    return bytes.length;
  }
}
