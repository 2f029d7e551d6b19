package io.sparkwire.telemetry;

import io.sparkwire.options.ConfigOption;
import io.sparkwire.options.OptionType;
import io.sparkwire.options.Options;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a node tells its operators of requests. Immutable.
 *
 * @param metrics whether it keeps metrics of its services
 * @param tracing whether it makes traces of requests
 * @param accessLog empty if requests get no lines
 * @param payloadLog empty if no requests and replies are kept
 */
public record TelemetryOptions(
    boolean metrics,
    TracingMode tracing,
    Optional<AccessLogOptions> accessLog,
    Optional<PayloadLogOptions> payloadLog) {

  public static final ConfigOption<Boolean> METRICS =
      ConfigOption.of(
          "metrics", OptionType.onOrOff(), "on", "Metrics of services, for /metrics and status");

  public static final ConfigOption<TracingMode> TRACING =
      ConfigOption.of(
          "tracing",
          OptionType.choice(List.of(TracingMode.values())),
          "auto",
          "Traces of requests; auto: if OTEL_ variables name a receiver");

  /** All of them, in the order in which they are shown. */
  public static final List<ConfigOption<?>> ALL =
      Stream.of(List.of(METRICS, TRACING), AccessLogOptions.ALL, PayloadLogOptions.ALL)
          .<ConfigOption<?>>flatMap(List::stream)
          .toList();

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
    return new TelemetryOptions(
        METRICS.from(options),
        TRACING.from(options),
        AccessLogOptions.of(options),
        PayloadLogOptions.of(options));
  }
}
