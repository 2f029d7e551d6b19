package io.sparkwire.observers;

import io.sparkwire.cluster.Node;
import io.sparkwire.exchange.NodeObserver;
import io.sparkwire.exchange.ServiceObserver;
import io.sparkwire.feed.NodeFeed;
import io.sparkwire.message.ServiceReply;
import io.sparkwire.message.ServiceSpec;
import io.sparkwire.metrics.NodeMetrics;
import io.sparkwire.requestlog.RequestLogs;
import io.sparkwire.tracing.Tracing;
import io.vertx.core.http.HttpServerRequest;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** All that follows the requests of one node. Thread-safe. */
public final class NodeObservers implements NodeObserver {

  private final Optional<NodeMetrics> metrics;
  private final Optional<Tracing> tracing;
  private final NodeFeed feed;
  private final List<NodeObserver> all;

  /** What alone wants to know of each request that arrives. */
  private final NodeObserver logs;

  private NodeObservers(
      Optional<NodeMetrics> metrics,
      Optional<Tracing> tracing,
      Optional<RequestLogs> logs,
      NodeFeed feed) {
    this.metrics = metrics;
    this.tracing = tracing;
    this.feed = feed;
    this.logs = logs.isPresent() ? logs.get() : NodeObserver.NONE;
    this.all =
        Stream.of(metrics.stream(), tracing.stream(), logs.stream(), Stream.of(feed))
            .<NodeObserver>flatMap(Function.identity())
            .toList();
  }

  /** Starts those that the options of a node ask for. */
  public static NodeObservers start(Node node) {
    Optional<NodeMetrics> metrics =
        Optional.of(node).filter(n -> n.options().telemetry().metrics()).map(NodeMetrics::start);
    NodeFeed feed = new NodeFeed(InstantSource.system());
    feed.publish(node, () -> metrics.map(NodeMetrics::readings).orElse(Map.of()));
    Optional<RequestLogs> logs =
        RequestLogs.open(node.id(), node.options().telemetry(), feed::failed);
    metrics.ifPresent(of -> logs.ifPresent(of::add));
    return new NodeObservers(metrics, Tracing.start(node), logs, feed);
  }

  /** What the node tells consoles. */
  public NodeFeed feed() {
    return feed;
  }

  /** The metrics of the node; empty if it keeps none. */
  public Optional<NodeMetrics> metrics() {
    return metrics;
  }

  /** The traces of the node; empty if it makes none. */
  public Optional<Tracing> tracing() {
    return tracing;
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
    logs.arrived(request);
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
