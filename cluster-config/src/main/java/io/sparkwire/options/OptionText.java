package io.sparkwire.options;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The ways in which users write the values of options. Each method names the option if it cannot
 * read the text. Stateless.
 */
public final class OptionText {

  static final String OFF = "off";

  private static final Pattern QUANTITY = Pattern.compile("(\\d+)\\s*([a-zA-Z]*)");
  private static final Map<String, Long> NANOS =
      Map.of(
          "ms", 1_000_000L,
          "s", 1_000_000_000L,
          "m", 60_000_000_000L,
          "h", 3_600_000_000_000L);
  private static final Map<String, Long> BYTES =
      Map.of("", 1L, "b", 1L, "kb", 1L << 10, "mb", 1L << 20, "gb", 1L << 30);

  /** A longer duration is a mistake, and would overflow where it is added to a time. */
  private static final Duration LONGEST = Duration.ofDays(365);

  static final String AT_MOST_LONGEST = "at most 8760h";

  private OptionText() {}

  /** Comma-separated values without blanks around them: at least one, and none of them empty. */
  public static List<String> list(String option, String text) {
    List<String> items = List.of(text.trim().split("\\s*,\\s*", -1));
    Options.require(!items.contains(""), option, "values separated by single commas", text);
    return items;
  }

  static int wholeNumber(String option, String text) {
    try {
      return Integer.parseInt(text.trim());
    } catch (NumberFormatException e) {
      throw Options.refused(option, "a whole number", text);
    }
  }

  static double number(String option, String text) {
    try {
      return Double.parseDouble(text.trim());
    } catch (NumberFormatException e) {
      throw Options.refused(option, "a number such as 0.1", text);
    }
  }

  /** A number with the unit {@code ms}, {@code s}, {@code m} or {@code h}. */
  static Duration duration(String option, String text) {
    return duration(option, text, "a duration as in 500ms, 30s, 5m or 1h");
  }

  /** A duration as in {@link #duration}; zero for {@code off}. */
  static Duration durationOrOff(String option, String text) {
    return text.strip().equalsIgnoreCase(OFF)
        ? Duration.ZERO
        : duration(option, text, "off, or a duration as in 30s, 5m or 1h");
  }

  private static Duration duration(String option, String text, String allowed) {
    Duration duration = Duration.ofNanos(quantity(option, text, NANOS, allowed));
    Options.require(duration.compareTo(LONGEST) <= 0, option, AT_MOST_LONGEST, text);
    return duration;
  }

  /**
   * A number of bytes, with or without the unit {@code KB}, {@code MB} or {@code GB} (powers of
   * 1,024).
   */
  static long bytes(String option, String text) {
    return quantity(option, text, BYTES, "a size as in 65536, 64KB or 1MB");
  }

  /** A size as in {@link #bytes}; the largest number for {@code off}. */
  static long bytesOrOff(String option, String text) {
    return text.strip().equalsIgnoreCase(OFF)
        ? Long.MAX_VALUE
        : quantity(option, text, BYTES, "off, or a size as in 65536, 64KB or 1MB");
  }

  private static long quantity(
      String option, String text, Map<String, Long> units, String allowed) {
    Matcher parts = QUANTITY.matcher(text.trim());
    Long unit = parts.matches() ? units.get(parts.group(2).toLowerCase(Locale.ROOT)) : null;
    if (unit == null) {
      throw Options.refused(option, allowed, text);
    }
    try {
      return Math.multiplyExact(Long.parseLong(parts.group(1)), unit);
    } catch (ArithmeticException | NumberFormatException e) {
      throw Options.refused(option, allowed, text);
    }
  }
}
