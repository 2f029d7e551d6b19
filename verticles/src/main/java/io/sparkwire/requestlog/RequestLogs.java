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
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The logs of requests that a node has, whose metrics say what they have dropped. Thread-safe. */
public final class RequestLogs implements NodeObserver, MetricSource {

  private final NodeObserver access;
  private final NodeObserver payloads;
  private final List<MetricSource> sources;

  private RequestLogs(Optional<AccessLog> access, Optional<PayloadLog> payloads) {
    this.access = access.isPresent() ? access.get() : NodeObserver.NONE;
    this.payloads = payloads.isPresent() ? payloads.get() : NodeObserver.NONE;
    this.sources = Stream.<MetricSource>concat(access.stream(), payloads.stream()).toList();
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
    return ServiceObserver.both(access.of(spec), payloads.of(spec));
  }

  @Override
  public void arrived(HttpServerRequest request) {
    access.arrived(request);
  }

  @Override
  public void unserved(HttpServerRequest request, ServiceReply reply) {
    access.unserved(request, reply);
  }

  @Override
  public void collect(Samples samples) {
    sources.forEach(source -> source.collect(samples));
  }

  @Override
  public void close() {
    access.close();
    payloads.close();
  }
}
