package io.sparkwire.observers;

import io.sparkwire.cluster.Node;
import io.sparkwire.exchange.NodeObserver;
import io.sparkwire.exchange.ServiceObserver;
import io.sparkwire.message.ServiceReply;
import io.sparkwire.message.ServiceSpec;
import io.sparkwire.metrics.NodeMetrics;
import io.sparkwire.requestlog.RequestLogs;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** All that follows the requests of one node. Thread-safe. */
public final class NodeObservers implements NodeObserver {

  private final Optional<NodeMetrics> metrics;
  private final List<NodeObserver> all;

  private NodeObservers(Optional<NodeMetrics> metrics, List<NodeObserver> logs) {
    this.metrics = metrics;
    this.all = Stream.concat(metrics.stream(), logs.stream()).toList();
  }

  /** Starts those that the options of a node ask for. */
  public static NodeObservers start(Node node) {
    return new NodeObservers(
        Optional.of(node).filter(n -> n.options().telemetry().metrics()).map(NodeMetrics::start),
        RequestLogs.open(node.id(), node.options().telemetry()));
  }

  /** The metrics of the node; empty if it keeps none. */
  public Optional<NodeMetrics> metrics() {
    return metrics;
  }

  @Override
  public ServiceObserver of(ServiceSpec spec) {
    ServiceObserver together = ServiceObserver.NONE;
    for (NodeObserver each : all) {
      together = ServiceObserver.both(together, each.of(spec));
    }
    return together;
  }

  @Override
  public void arrived(HttpServerRequest request) {
    for (int i = 0; i < all.size(); i++) { // without an iterator for each request
      all.get(i).arrived(request);
    }
  }

  @Override
  public void close() {
    all.forEach(NodeObserver::close);
  }

  @Override
  public void unserved(HttpServerRequest request, ServiceReply reply) {
    all.forEach(each -> each.unserved(request, reply));
  }
}
