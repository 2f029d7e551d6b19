package io.sparkwire.requestlog;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * Texts of times in UTC. Under load many requests have the same, so it keeps the last one. Not
 * thread-safe.
 */
final class UtcTime {

  private static final long MILLIS = TimeUnit.SECONDS.toMillis(1);

  private final DateTimeFormatter format;
  private long second = Long.MIN_VALUE;
  private String text = "";
  private long milli = Long.MIN_VALUE;
  private String iso = "";

  /**
   * @param pattern of a time without parts of a second
   */
  UtcTime(String pattern) {
    format = DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH).withZone(ZoneOffset.UTC);
  }

  /** As in {@code 2026-01-31T12:00:01}, to which {@link #iso} adds milliseconds. */
  static UtcTime ofIso() {
    return new UtcTime("uuuu-MM-dd'T'HH:mm:ss");
  }

  /** The time without parts of a second. */
  String text(long millis) {
    long asked = Math.floorDiv(millis, MILLIS);
    if (asked != second) {
      second = asked;
      text = format.format(Instant.ofEpochSecond(asked));
    }
    return text;
  }

  /** As in {@code 2026-01-31T12:00:01.204Z}. */
  String iso(long millis) {
    if (millis != milli) {
      milli = millis;
      String part = Long.toString(MILLIS + Math.floorMod(millis, MILLIS));
      iso = text(millis) + '.' + part.substring(1) + 'Z';
    }
    return iso;
  }
}
