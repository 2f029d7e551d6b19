package io.sparkwire.telemetry;

import io.sparkwire.options.ConfigOption;
import io.sparkwire.options.OptionType;
import io.sparkwire.options.Options;
import java.time.Duration;

/**
 * When a file of the payload log is complete, and whether it is compressed. Immutable.
 *
 * @param bytes as it is on disk
 * @param age since its first record
 */
public record PayloadFileOptions(long bytes, Duration age, boolean compressed) {

  public static final ConfigOption<Long> BYTES =
      ConfigOption.of(
          "payload-log-file-size",
          OptionType.sizes(1 << 16, 1L << 40),
          "128MB",
          "Size at which a file of the payload log is complete");

  public static final ConfigOption<Duration> AGE =
      ConfigOption.of(
          "payload-log-file-age",
          OptionType.durations("1s", "24h"),
          "1m",
          "Time after which a file of the payload log is complete, and can be read");

  public static final ConfigOption<Boolean> COMPRESSED =
      ConfigOption.of(
          "payload-log-gzip",
          OptionType.onOrOff(),
          "off",
          "Whether files of the payload log are compressed");

  public PayloadFileOptions {
    BYTES.check(bytes);
    AGE.check(age);
  }

  static PayloadFileOptions of(Options options) {
    return new PayloadFileOptions(BYTES.from(options), AGE.from(options), COMPRESSED.from(options));
  }
}
