package io.sparkwire.requestlog;

import io.sparkwire.exchange.NodeObserver;
import io.sparkwire.message.NodeId;
import io.sparkwire.telemetry.TelemetryOptions;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The logs of requests that a node has. Stateless. */
public final class RequestLogs {

  private RequestLogs() {}

  /**
   * Opens those that are asked for. They end with {@link NodeObserver#close}, or with the JVM.
   *
   * @param failed is told of requests in the payload log that failed
   * @throws IllegalStateException if one of them cannot be written; says why
   */
  public static List<RequestLog> open(
      NodeId node, TelemetryOptions options, FailedRequests failed) {
    List<RequestLog> logs =
        Stream.<Optional<? extends RequestLog>>of(
                options.accessLog().map(access -> AccessLog.open(node, access)),
                options.payloadLog().map(payload -> PayloadLog.open(node, payload, failed)))
            .<RequestLog>flatMap(Optional::stream)
            .toList();
    if (!logs.isEmpty()) { // programs end without leaving their cluster if they are in none
      Runtime.getRuntime()
          .addShutdownHook(new Thread(() -> logs.forEach(NodeObserver::close), "sparkwire-logs"));
    }
    return logs;
  }
}
