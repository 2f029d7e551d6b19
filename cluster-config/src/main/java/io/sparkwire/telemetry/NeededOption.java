package io.sparkwire.telemetry;

import io.sparkwire.options.ConfigOption;
import io.sparkwire.options.Options;
import java.util.List;

/** The option of a feature without which all others of it are of no use. Stateless. */
final class NeededOption {

  private NeededOption() {}

  /**
   * @param all those of the feature
   * @throws IllegalArgumentException if others of them are set, and the needed one is not
   */
  static void check(ConfigOption<?> needed, Options options, List<ConfigOption<?>> all) {
    if (!options.has(needed)) {
      all.stream()
          .filter(options::has)
          .findFirst()
          .ifPresent(
              other -> {
                throw new IllegalArgumentException(
                    "option '%s' needs the option '%s'".formatted(other, needed));
              });
    }
  }
}
