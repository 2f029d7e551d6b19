package io.sparkwire.spark.json;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * Dates and times as text in JSON, by RFC 3339.
 *
 * <p>Times have milliseconds as Spark's {@code to_json} writes them, and microseconds where those
 * are not 0. Years outside of 0 to 9999, for which RFC 3339 has no form, have a sign as in ISO
 * 8601: {@code +10000-01-01}.
 *
 * <p>Runs on: task thread. Stateless.
 */
final class JsonTimeText {
  private static final int MICROS = 1_000_000;
  private static final int LENGTH = "2026-01-31T12:30:00.123456+05:30".length();

  private JsonTimeText() {}

  /**
   * @param days since 1970-01-01
   */
  static String date(int days) {
    return LocalDate.ofEpochDay(days).toString();
  }

  /**
   * An instant in a zone's time; in UTC where the zone's offset has seconds, as before the zones of
   * today, because RFC 3339 has no form for those.
   *
   * @param micros since 1970-01-01T00:00Z
   */
  static String instant(long micros, ZoneId zone) {
    long second = Math.floorDiv(micros, MICROS);
    ZoneOffset local = zone.getRules().getOffset(Instant.ofEpochSecond(second));
    ZoneOffset offset = local.getTotalSeconds() % 60 == 0 ? local : ZoneOffset.UTC;
    return dateTime(micros, offset).append(offset.getId()).toString();
  }

  /**
   * @param micros since 1970-01-01T00:00 on the same clock
   */
  static String withoutZone(long micros) {
    return dateTime(micros, ZoneOffset.UTC).toString();
  }

  /**
   * @param nanos since midnight
   */
  static String time(long nanos) {
    StringBuilder text = new StringBuilder(LENGTH);
    return appendTime(text, nanos / 1_000).toString();
  }

  private static StringBuilder dateTime(long micros, ZoneOffset offset) {
    long second = Math.floorDiv(micros, MICROS);
    LocalDateTime local = LocalDateTime.ofEpochSecond(second, 0, offset);
    StringBuilder text = new StringBuilder(LENGTH).append(local.toLocalDate()).append('T');
    long ofDay =
        local.toLocalTime().toSecondOfDay() * (long) MICROS + Math.floorMod(micros, MICROS);
    return appendTime(text, ofDay);
  }

  private static StringBuilder appendTime(StringBuilder text, long micros) {
    int second = (int) (micros / MICROS);
    int fraction = (int) (micros % MICROS);
    append(text, second / 3_600, 2).append(':');
    append(text, second / 60 % 60, 2).append(':');
    append(text, second % 60, 2).append('.');
    return fraction % 1_000 == 0 ? append(text, fraction / 1_000, 3) : append(text, fraction, 6);
  }

  private static StringBuilder append(StringBuilder text, int number, int digits) {
    for (int power = digits == 2 ? 10 : digits == 3 ? 100 : 100_000; power > 0; power /= 10) {
      text.append((char) ('0' + number / power % 10));
    }
    return text;
  }
}
