package io.sparkwire.settings;

import io.sparkwire.options.NearestName;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The environment variables that set options: {@code SPARKWIRE_MAX_IN_FLIGHT} for {@code
 * --max-in-flight}.
 *
 * <p>Stateless.
 */
final class Environment {

  private static final String PREFIX = "SPARKWIRE_";

  /** What the launcher reads, and not the program. */
  private static final Set<String> OF_THE_LAUNCHER = Set.of("SPARKWIRE_JAVA_OPTS");

  /**
   * What Kubernetes sets in every container beside a Service that is called sparkwire or
   * sparkwire-anything.
   */
  private static final Pattern SERVICE_LINK =
      Pattern.compile("\\w+_(SERVICE_HOST|SERVICE_PORT(_\\w+)?|PORT_\\d+_(TCP|UDP|SCTP)(_\\w+)?)");

  private static final Pattern SERVICE_LINK_ADDRESS = Pattern.compile("(tcp|udp|sctp)://.*");

  private Environment() {}

  /**
   * The options that the environment sets.
   *
   * @param known the names of all options
   * @throws IllegalArgumentException if a variable matches none of them, or is empty
   */
  static Map<String, Setting> options(Map<String, String> environment, Set<String> known) {
    Map<String, Setting> options = new HashMap<>();
    environment.forEach(
        (variable, value) -> {
          if (isOption(variable, value)) {
            options.put(option(variable, known), setting(variable, value.strip()));
          }
        });
    return options;
  }

  private static Setting setting(String variable, String value) {
    if (value.isEmpty()) {
      throw new IllegalArgumentException(
          "the environment variable '" + variable + "' is empty; unset it, or give it a value");
    }
    return new Setting(value, "the environment variable " + variable);
  }

  private static boolean isOption(String variable, String value) {
    return variable.startsWith(PREFIX)
        && !OF_THE_LAUNCHER.contains(variable)
        && !SERVICE_LINK.matcher(variable).matches()
        && !SERVICE_LINK_ADDRESS.matcher(value).matches();
  }

  private static String option(String variable, Set<String> known) {
    String name = variable.substring(PREFIX.length()).toLowerCase(Locale.ROOT).replace('_', '-');
    if (!known.contains(name)) {
      throw new IllegalArgumentException(
          "unknown environment variable '"
              + variable
              + "'; the nearest known one is '"
              + variable(NearestName.of(name, known))
              + "'");
    }
    return name;
  }

  private static String variable(String option) {
    return PREFIX + option.toUpperCase(Locale.ROOT).replace('-', '_');
  }
}
