package io.sparkwire.app;

import io.sparkwire.options.Options;
import io.sparkwire.spark.ServingQuery;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Option;

/** The argument that says how a program which takes requests stops. */
final class DrainArguments {

  private static final String DRAIN_TIMEOUT = "drain-timeout";

  @Option(
      names = "--" + DRAIN_TIMEOUT,
      paramLabel = "DURATION",
      description = "How long SIGTERM and Ctrl-C wait for the requests in flight (default: 30s).")
  private String drainTimeout;

  /**
   * @throws IllegalArgumentException if it is no duration
   */
  Duration timeout() {
    Map<String, String> given =
        drainTimeout == null ? Map.of() : Map.of(DRAIN_TIMEOUT, drainTimeout);
    return new Options(given, Set.of(DRAIN_TIMEOUT))
        .duration(DRAIN_TIMEOUT, ServingQuery.DEFAULT_DRAIN_TIMEOUT);
  }
}
