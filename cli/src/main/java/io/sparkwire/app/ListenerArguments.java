package io.sparkwire.app;

import io.sparkwire.message.ListenAddress;
import io.sparkwire.message.ServiceLimits;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/**
 * The arguments that say where a service takes requests, and how many.
 *
 * <p>They stay text: the source reads them, and has the defaults of those that are not given.
 */
final class ListenerArguments {

  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      description =
          "Interface to listen on; 0.0.0.0 for all (default: " + ListenAddress.DEFAULT_HOST + ").")
  private String host;

  @Option(
      names = "--port",
      paramLabel = "N",
      description =
          "Port to listen on; 0 for any free one (default: " + ListenAddress.DEFAULT_PORT + ").")
  private String port;

  @Option(
      names = "--methods",
      paramLabel = "METHOD[,METHOD]",
      description = "HTTP methods to take (default: POST).")
  private String methods;

  @Option(
      names = "--partitions",
      paramLabel = "N",
      description = "Spark tasks that read requests (default: one for every two cores).")
  private String partitions;

  @Option(
      names = "--epoch-length",
      paramLabel = "DURATION",
      description = "How long an open epoch lasts (default: 5m).")
  private String epochLength;

  @Option(
      names = "--epochs",
      paramLabel = "auto|drained",
      description = "Whether epochs may stay open (default: auto).")
  private String epochs;

  @Option(
      names = "--max-in-flight",
      paramLabel = "N",
      description =
          "Requests that may wait for their reply; more get 503 (default: "
              + ServiceLimits.DEFAULT_MAX_IN_FLIGHT
              + ").")
  private String maxInFlight;

  @Option(
      names = "--max-body",
      paramLabel = "SIZE",
      description = "Largest body; a larger one gets 413 (default: 1MB).")
  private String maxBody;

  @Option(
      names = "--timeout",
      paramLabel = "DURATION",
      description = "How long a client waits at most; then it gets 504 (default: 30s).")
  private String timeout;

  @Option(
      names = "--max-attempts",
      paramLabel = "N",
      description = "Failures of the pipeline on a request after which that gets 500 (default: 2).")
  private String maxAttempts;

  @Option(
      names = "--replay",
      paramLabel = "unfinished|exact",
      description =
          "Requests that a new attempt at an epoch reads again: the unfinished, or all of them, for"
              + " queries with state (default: unfinished).")
  private String replay;

  @Option(
      names = "--error-detail",
      paramLabel = "none|type|message",
      description =
          "What a client learns about a failure of the pipeline: nothing, the type of the exception, or"
              + " also its message (default: type).")
  private String errorDetail;

  @Option(
      names = "--idempotency",
      paramLabel = "off|DURATION",
      description =
          "How long the reply to a request with an Idempotency-Key is kept for those that repeat it"
              + " (default: off).")
  private String idempotency;

  @Option(
      names = "--async",
      paramLabel = "off|DURATION",
      description =
          "Take asynchronous requests (Prefer: respond-async), and keep their replies for this time"
              + " (default: off).")
  private String async;

  @Option(
      names = "--async-timeout",
      paramLabel = "DURATION",
      description = "How long an asynchronous request may take (default: 10m).")
  private String asyncTimeout;

  /** As it was given; null if it was not. */
  String epochLength() {
    return epochLength;
  }

  /** The options of the source that were given. */
  Map<String, String> options(String name, String path) {
    Map<String, String> options = new LinkedHashMap<>();
    options.put("service", name);
    options.put("path", path);
    options.put("host", host);
    options.put("port", port);
    options.put("methods", methods);
    options.put("partitions", partitions);
    options.put("epoch-length", epochLength);
    options.put("epochs", epochs);
    options.put("max-in-flight", maxInFlight);
    options.put("max-body", maxBody);
    options.put("timeout", timeout);
    options.put("max-attempts", maxAttempts);
    options.put("replay", replay);
    options.put("error-detail", errorDetail);
    options.put("idempotency", idempotency);
    options.put("async", async);
    options.put("async-timeout", asyncTimeout);
    options.values().removeIf(value -> value == null);
    return options;
  }
}
