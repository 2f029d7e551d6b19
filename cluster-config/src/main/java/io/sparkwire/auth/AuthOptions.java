package io.sparkwire.auth;

import io.sparkwire.options.ConfigOption;
import io.sparkwire.options.OptionType;
import io.sparkwire.options.Options;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How a node knows its clients. Immutable.
 *
 * @param clients the file with API keys and subjects of certificates; empty if there is none
 * @param tokens which tokens it accepts; empty for none
 */
public record AuthOptions(String clients, Optional<TokenOptions> tokens) {

  public static final ConfigOption<String> CLIENTS =
      ConfigOption.computed(
          "auth-file",
          OptionType.texts("FILE", file -> !file.isBlank(), "a file"),
          "none",
          "API keys and certificate subjects of the clients that are served, and what they may do");

  /** All of them, in the order in which they are shown. */
  public static final List<ConfigOption<?>> ALL =
      Stream.concat(Stream.of(CLIENTS), TokenOptions.ALL.stream()).toList();

  /**
   * Reads them by their kebab-case keys; empty if none is given: then all clients are served.
   *
   * @throws IllegalArgumentException if a key is unknown, a value out of its range, or another
   *     option is missing
   */
  public static Optional<AuthOptions> of(Map<String, String> values) {
    Options options = new Options(values, ALL);
    if (values.isEmpty()) {
      return Optional.empty();
    }
    String clients = CLIENTS.from(options, "");
    boolean tokens = TokenOptions.ALL.stream().anyMatch(options::has);
    if (tokens && !options.has(TokenOptions.KEYS)) {
      throw new IllegalArgumentException(
          "the options for tokens need the option '" + TokenOptions.KEYS + "'");
    }
    return Optional.of(
        new AuthOptions(
            clients, tokens ? Optional.of(TokenOptions.of(options)) : Optional.empty()));
  }
}
