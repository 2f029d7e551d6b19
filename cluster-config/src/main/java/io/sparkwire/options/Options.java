package io.sparkwire.options;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Named settings as their user wrote them, read as what they mean.
 *
 * <p>Keys are kebab-case and compare without case. A key that nobody knows is an error, and so is a
 * value that cannot be read. Immutable.
 */
public final class Options {

  private static final String OFF = "off";
  private static final Pattern QUANTITY = Pattern.compile("(\\d+)\\s*([a-zA-Z]*)");
  private static final Map<String, Long> NANOS =
      Map.of(
          "ms", 1_000_000L,
          "s", 1_000_000_000L,
          "m", 60_000_000_000L,
          "h", 3_600_000_000_000L);

  /** What is longer is a mistake, and would overflow where it is added to a time. */
  private static final Duration LONGEST = Duration.ofDays(365);

  private static final Map<String, Long> BYTES =
      Map.of("", 1L, "b", 1L, "kb", 1L << 10, "mb", 1L << 20, "gb", 1L << 30);

  private final Map<String, String> values;

  /**
   * @throws IllegalArgumentException if a key is not among {@code known}; names the nearest known
   *     one
   */
  public Options(Map<String, String> values, Set<String> known) {
    this.values = new HashMap<>();
    values.forEach((key, value) -> this.values.put(key.toLowerCase(Locale.ROOT), value));
    for (String key : this.values.keySet()) {
      if (!known.contains(key)) {
        throw unknown(key, known);
      }
    }
  }

  private static IllegalArgumentException unknown(String key, Set<String> known) {
    return new IllegalArgumentException(
        "unknown option '"
            + key
            + "'; the nearest known one is '"
            + NearestName.of(key, known)
            + "'");
  }

  public boolean has(String key) {
    return values.containsKey(key);
  }

  /** A text without the blanks around it. */
  public String text(String key, String otherwise) {
    return has(key) ? values.get(key).strip() : otherwise;
  }

  /** Comma-separated values without blanks around them: at least one, and none of them empty. */
  public List<String> list(String key, List<String> otherwise) {
    if (!has(key)) {
      return otherwise;
    }
    List<String> items = List.of(values.get(key).trim().split("\\s*,\\s*", -1));
    if (items.contains("")) {
      throw unreadable(key, "values separated by single commas");
    }
    return items;
  }

  public int integer(String key, int otherwise) {
    if (!has(key)) {
      return otherwise;
    }
    try {
      return Integer.parseInt(values.get(key).trim());
    } catch (NumberFormatException e) {
      throw unreadable(key, "a whole number");
    }
  }

  /** A number with the unit {@code ms}, {@code s}, {@code m} or {@code h}. */
  public Duration duration(String key, Duration otherwise) {
    return has(key) ? duration(key, "a duration as in 500ms, 30s, 5m or 1h") : otherwise;
  }

  private Duration duration(String key, String allowed) {
    Duration duration = Duration.ofNanos(quantity(key, NANOS, allowed));
    require(duration.compareTo(LONGEST) <= 0, key, "at most 8760h", values.get(key));
    return duration;
  }

  /** A duration as in {@link #duration}; zero for {@code off}, or if it is not given. */
  public Duration durationOrOff(String key) {
    return text(key, OFF).trim().equalsIgnoreCase(OFF)
        ? Duration.ZERO
        : duration(key, "off, or a duration as in 30s, 5m or 1h");
  }

  /**
   * A number of bytes, with or without the unit {@code KB}, {@code MB} or {@code GB} (powers of
   * 1,024).
   */
  public long bytes(String key, long otherwise) {
    return has(key) ? quantity(key, BYTES, "a size as in 65536, 64KB or 1MB") : otherwise;
  }

  private long quantity(String key, Map<String, Long> units, String allowed) {
    Matcher parts = QUANTITY.matcher(values.get(key).trim());
    if (!parts.matches()) {
      throw unreadable(key, allowed);
    }
    Long unit = units.get(parts.group(2).toLowerCase(Locale.ROOT));
    if (unit == null) {
      throw unreadable(key, allowed);
    }
    try {
      return Math.multiplyExact(Long.parseLong(parts.group(1)), unit);
    } catch (ArithmeticException | NumberFormatException e) {
      throw unreadable(key, allowed);
    }
  }

  /**
   * The one of several named values that a text means, without regard to case.
   *
   * @throws IllegalArgumentException if it is none of them
   */
  public static <E extends Enum<E>> E choice(String key, String text, List<E> values) {
    return values.stream()
        .filter(value -> value.name().equalsIgnoreCase(text.strip()))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "option '"
                        + key
                        + "' must be "
                        + values.stream()
                            .map(value -> value.name().toLowerCase(Locale.ROOT))
                            .collect(Collectors.joining(" or "))
                        + ", got '"
                        + text
                        + "'"));
  }

  /**
   * Checks a value.
   *
   * @param allowed what it must be, as in {@code 1 to 256}
   * @throws IllegalArgumentException if it is not; names the option, what is allowed and the value
   */
  public static void require(boolean holds, String key, String allowed, Object value) {
    if (!holds) {
      throw new IllegalArgumentException(
          "option '" + key + "' must be " + allowed + ", got '" + value + "'");
    }
  }

  private IllegalArgumentException unreadable(String key, String allowed) {
    return new IllegalArgumentException(
        "option '" + key + "' must be " + allowed + ", got '" + values.get(key) + "'");
  }
}
