package io.sparkwire.requestlog;

import io.sparkwire.exchange.NodeObserver;
import io.sparkwire.exchange.ServiceObserver;
import io.sparkwire.message.NodeId;
import io.sparkwire.message.ServiceReply;
import io.sparkwire.message.ServiceSpec;
import io.sparkwire.metrics.MetricSource;
import io.sparkwire.metrics.Samples;
import io.sparkwire.telemetry.TelemetryOptions;
import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;

/** The logs of requests that a node has, whose metrics say what they have dropped. Thread-safe. */
public final class RequestLogs implements NodeObserver, MetricSource {

  private final Optional<AccessLog> access;
  private final Optional<PayloadLog> payloads;

  private RequestLogs(Optional<AccessLog> access, Optional<PayloadLog> payloads) {
    this.access = access;
    this.payloads = payloads;
  }

  /**
   * Opens those that are asked for. They end with {@link #close}, or with the JVM.
   *
   * @param failed is told of requests in the payload log that failed
   * @return empty if none is asked for
   * @throws IllegalStateException if one of them cannot be written; says why
   */
  public static Optional<RequestLogs> open(
      NodeId node, TelemetryOptions options, FailedRequests failed) {
    if (options.accessLog().isEmpty() && options.payloadLog().isEmpty()) {
      return Optional.empty();
    }
    RequestLogs logs =
        new RequestLogs(
            options.accessLog().map(access -> AccessLog.open(node, access)),
            options.payloadLog().map(payloads -> PayloadLog.open(node, payloads, failed)));
    // programs end without leaving their cluster if they are in none
    Runtime.getRuntime().addShutdownHook(new Thread(logs::close, "sparkwire-logs"));
    return Optional.of(logs);
  }

  @Override
  public ServiceObserver of(ServiceSpec spec) {
    return ServiceObserver.both(
        access.map(log -> log.of(spec)).orElse(ServiceObserver.NONE),
        payloads.map(log -> log.of(spec)).orElse(ServiceObserver.NONE));
  }

  @Override
  public void arrived(HttpServerRequest request) {
    access.ifPresent(log -> log.arrived(request));
  }

  @Override
  public void unserved(HttpServerRequest request, ServiceReply reply) {
    access.ifPresent(log -> log.unserved(request, reply));
  }

  @Override
  public void collect(Samples samples) {
    access.ifPresent(log -> log.collect(samples));
    payloads.ifPresent(log -> log.collect(samples));
  }

  @Override
  public void close() {
    access.ifPresent(AccessLog::close);
    payloads.ifPresent(PayloadLog::close);
  }
}
