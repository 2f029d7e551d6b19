package io.sparkwire.telemetry;

import io.sparkwire.options.ConfigOption;
import io.sparkwire.options.OptionType;
import io.sparkwire.options.Options;
import java.util.List;
import java.util.Optional;

/**
 * Where a node writes a line for each request, and what the line is like. Immutable.
 *
 * @param file {@value #STANDARD_OUTPUT} for standard output
 */
public record AccessLogOptions(String file, Format format) {

  public static final String STANDARD_OUTPUT = "-";

  /** What a line is like. */
  public enum Format {
    /** A JSON object. */
    JSON,
    /** The format of that name that web servers have, with more fields behind it. */
    COMBINED
  }

  public static final ConfigOption<String> FILE =
      ConfigOption.computed(
          "access-log",
          OptionType.texts("FILE|-", file -> !file.isBlank(), "a file, or - for standard output"),
          "none",
          "Where each request gets a line when its response has ended");

  public static final ConfigOption<Format> FORMAT =
      ConfigOption.of(
          "access-log-format",
          OptionType.choice(List.of(Format.values())),
          "json",
          "What a line of the access log is like");

  /** All of them, in the order in which they are shown. */
  static final List<ConfigOption<?>> ALL = List.of(FILE, FORMAT);

  public AccessLogOptions {
    FILE.check(file);
  }

  /** Whether lines go to standard output. */
  public boolean isStandardOutput() {
    return file.equals(STANDARD_OUTPUT);
  }

  /** Empty if no lines are asked for. */
  static Optional<AccessLogOptions> of(Options options) {
    NeededOption.check(FILE, options, ALL);
    return options.has(FILE)
        ? Optional.of(new AccessLogOptions(FILE.from(options), FORMAT.from(options)))
        : Optional.empty();
  }
}
