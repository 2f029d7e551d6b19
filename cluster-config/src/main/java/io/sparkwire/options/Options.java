package io.sparkwire.options;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The options that a user has set, by their names, as the user wrote them.
 *
 * <p>Names are kebab-case and compare without case. An unknown name is an error. Immutable.
 */
public final class Options {

  private final Map<String, String> values;

  /**
   * @param known all options that may be set
   * @throws IllegalArgumentException if another one is set; names the nearest known one
   */
  public Options(Map<String, String> values, Collection<ConfigOption<?>> known) {
    this.values = new HashMap<>();
    values.forEach((name, value) -> this.values.put(name.toLowerCase(Locale.ROOT), value));
    List<String> names = known.stream().map(ConfigOption::name).toList();
    for (String name : this.values.keySet()) {
      if (!names.contains(name)) {
        throw new IllegalArgumentException(
            "unknown option '"
                + name
                + "'; the nearest known one is '"
                + NearestName.of(name, names)
                + "'");
      }
    }
  }

  public boolean has(ConfigOption<?> option) {
    return values.containsKey(option.name());
  }

  /** What the user wrote; empty if the option is not set. */
  public Optional<String> text(ConfigOption<?> option) {
    return Optional.ofNullable(values.get(option.name()));
  }

  /** Those of some options that are set, by their names; a map of its own. */
  public Map<String, String> only(Collection<ConfigOption<?>> some) {
    Map<String, String> set = new HashMap<>(values);
    set.keySet().retainAll(some.stream().map(ConfigOption::name).toList());
    return set;
  }

  /**
   * Checks a value.
   *
   * @param allowed what it must be, as in {@code 1 to 256}
   * @throws IllegalArgumentException if it is not; names the option, what is allowed and the value
   */
  public static void require(boolean holds, String option, String allowed, Object value) {
    if (!holds) {
      throw refused(option, allowed, value);
    }
  }

  static IllegalArgumentException refused(String option, String allowed, Object value) {
    return new IllegalArgumentException(
        "option '" + option + "' must be " + allowed + ", got '" + value + "'");
  }
}
