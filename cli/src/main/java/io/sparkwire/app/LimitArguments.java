package io.sparkwire.app;

import io.sparkwire.cluster.NodeLimits;
import java.util.HashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** The arguments that say what clients may take of a node, however they behave. */
final class LimitArguments {

  @Option(
      names = "--max-connections",
      paramLabel = "N",
      description =
          "Connections of clients; more are closed at once (default: half of the files that the"
              + " process may open, 8192 at most).")
  private String maxConnections;

  @Option(
      names = "--max-connections-per-address",
      paramLabel = "N",
      description = "The same for one client address (default: 7/8 of --max-connections).")
  private String maxConnectionsPerAddress;

  @Option(
      names = "--max-streams",
      paramLabel = "N",
      description = "Requests that one HTTP/2 connection may have open (default: 100).")
  private String maxStreams;

  @Option(
      names = "--head-timeout",
      paramLabel = "DURATION",
      description =
          "How long the head of a request may take; then the connection is closed"
              + " (default: 10s).")
  private String headTimeout;

  @Option(
      names = "--idle-timeout",
      paramLabel = "DURATION",
      description = "How long a connection may be without a request (default: 60s).")
  private String idleTimeout;

  @Option(
      names = "--body-timeout",
      paramLabel = "DURATION",
      description = "How long a request may take to be complete; then it gets 408 (default: 10s).")
  private String bodyTimeout;

  @Option(
      names = "--write-timeout",
      paramLabel = "DURATION",
      description = "How long a client may take to read a reply (default: 30s).")
  private String writeTimeout;

  @Option(
      names = "--max-unfinished",
      paramLabel = "N",
      description =
          "Requests without their whole body; with more, the oldest get 503 (default: 1024).")
  private String maxUnfinished;

  @Option(
      names = "--max-unfinished-bytes",
      paramLabel = "SIZE",
      description = "Bytes of their bodies (default: an eighth of the heap).")
  private String maxUnfinishedBytes;

  @Option(
      names = "--max-unread-bytes",
      paramLabel = "SIZE",
      description =
          "Bytes of replies that clients have not read; beyond it, the oldest are given up"
              + " (default: an eighth of the heap).")
  private String maxUnreadBytes;

  /** Those that were given. */
  Map<String, String> values() {
    Map<String, String> values = new HashMap<>();
    values.put("max-connections", maxConnections);
    values.put("max-connections-per-address", maxConnectionsPerAddress);
    values.put("max-streams", maxStreams);
    values.put("head-timeout", headTimeout);
    values.put("idle-timeout", idleTimeout);
    values.put("body-timeout", bodyTimeout);
    values.put("write-timeout", writeTimeout);
    values.put("max-unfinished", maxUnfinished);
    values.put("max-unfinished-bytes", maxUnfinishedBytes);
    values.put("max-unread-bytes", maxUnreadBytes);
    values.values().removeIf(value -> value == null);
    return values;
  }

  /**
   * @throws IllegalArgumentException if one of them is out of its range
   */
  NodeLimits limits() {
    return NodeLimits.of(values());
  }
}
