package io.sparkwire.telemetry;

import io.sparkwire.options.ConfigOption;
import io.sparkwire.options.OptionType;
import io.sparkwire.options.Options;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which requests and replies a node keeps in files, and where. Immutable.
 *
 * @param directory which is made if there is none
 * @param sample the share of requests that is kept, 0 to 1
 * @param omitted what is left out of all records
 * @param headers whether records have header fields
 * @param memory bytes of records that may wait to be written
 */
public record PayloadLogOptions(
    String directory,
    double sample,
    Set<PayloadField> omitted,
    boolean headers,
    PayloadFileOptions files,
    long memory) {

  public static final ConfigOption<String> DIRECTORY =
      ConfigOption.computed(
          "payload-log",
          OptionType.texts("DIR", directory -> !directory.isBlank(), "a directory"),
          "none",
          "Where requests and replies are kept, in files that Spark can read");

  public static final ConfigOption<Double> SAMPLE =
      ConfigOption.of(
          "payload-log-sample",
          OptionType.shares(),
          "1",
          "Share of the requests that the payload log keeps");

  public static final ConfigOption<List<String>> OMIT =
      ConfigOption.computed(
          "payload-log-omit",
          OptionType.lists("FIELD", PayloadField.allowed()),
          "none",
          "Fields that the payload log leaves out");

  public static final ConfigOption<Boolean> HEADERS =
      ConfigOption.of(
          "payload-log-headers",
          OptionType.onOrOff(),
          "off",
          "Whether the payload log keeps header fields, but for those with credentials");

  public static final ConfigOption<Long> MEMORY =
      ConfigOption.of(
          "payload-log-memory",
          OptionType.sizes(1 << 16, 1L << 40),
          "64MB",
          "Records of the payload log that may wait to be written; more are dropped");

  /** All of them, in the order in which they are shown. */
  static final List<ConfigOption<?>> ALL =
      List.of(
          DIRECTORY,
          SAMPLE,
          OMIT,
          HEADERS,
          PayloadFileOptions.BYTES,
          PayloadFileOptions.AGE,
          PayloadFileOptions.COMPRESSED,
          MEMORY);

  public PayloadLogOptions {
    DIRECTORY.check(directory);
    SAMPLE.check(sample);
    omitted = Set.copyOf(omitted);
    MEMORY.check(memory);
  }

  /** Empty if none are kept. */
  static Optional<PayloadLogOptions> of(Options options) {
    NeededOption.check(DIRECTORY, options, ALL);
    return options.has(DIRECTORY)
        ? Optional.of(
            new PayloadLogOptions(
                DIRECTORY.from(options),
                SAMPLE.from(options),
                PayloadField.of(OMIT.from(options, List.of())),
                HEADERS.from(options),
                PayloadFileOptions.of(options),
                MEMORY.from(options)))
        : Optional.empty();
  }
}
