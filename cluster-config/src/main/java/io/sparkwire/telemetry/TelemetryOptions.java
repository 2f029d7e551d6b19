package io.sparkwire.telemetry;

import io.sparkwire.options.ConfigOption;
import io.sparkwire.options.OptionType;
import io.sparkwire.options.Options;
import java.util.List;
import java.util.Map;

/**
 * What a node tells its operators of requests. Immutable.
 *
 * @param metrics whether it keeps metrics of its services
 */
public record TelemetryOptions(boolean metrics) {

  public static final ConfigOption<Boolean> METRICS =
      ConfigOption.of(
          "metrics", OptionType.onOrOff(), "on", "Metrics of services, for /metrics and status");

  /** All of them, in the order in which they are shown. */
  public static final List<ConfigOption<?>> ALL = List.of(METRICS);

  /** Those of a node for which none were chosen. */
  public static TelemetryOptions defaults() {
    return of(Map.of());
  }

  /**
   * Reads them by their kebab-case keys.
   *
   * @throws IllegalArgumentException if a key is unknown or a value out of its range
   */
  public static TelemetryOptions of(Map<String, String> values) {
    Options options = new Options(values, ALL);
    return new TelemetryOptions(METRICS.from(options));
  }
}
