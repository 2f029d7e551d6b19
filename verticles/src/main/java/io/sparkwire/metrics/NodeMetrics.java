package io.sparkwire.metrics;

import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.sparkwire.cluster.Node;
import io.sparkwire.exchange.NodeObserver;
import io.sparkwire.exchange.ServiceObserver;
import io.sparkwire.message.NodeId;
import io.sparkwire.message.ServiceReply;
import io.sparkwire.message.ServiceSpec;
import io.sparkwire.version.Release;
import io.vertx.core.http.HttpServerRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/** The metrics of one node: of its services, of its JVM, and what others add. Thread-safe. */
public final class NodeMetrics implements NodeObserver, MetricSource {

  private final NodeId node;
  private final Map<String, ServiceMetrics> services = new ConcurrentHashMap<>();
  private final RequestCounts unserved = new RequestCounts();
  private final CallMetrics calls = new CallMetrics();
  private final List<MetricSource> sources = new CopyOnWriteArrayList<>();
  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final ExpositionFormats formats = ExpositionFormats.init();

  private NodeMetrics(NodeId node) {
    this.node = node;
    this.sources.add(this);
    this.sources.add(calls);
    JvmParts.register(registry);
    registry.register((MultiCollector) () -> samples().snapshots());
  }

  /** Those of a node that runs, which then looks at its event loops from time to time. */
  public static NodeMetrics start(Node node) {
    NodeMetrics metrics = new NodeMetrics(node.id());
    metrics.add(EventLoopLag.start(node.vertx()));
    metrics.add(new ReplyStoreMetrics(node.keptReplies()));
    return metrics;
  }

  /** Shows what a source adds, too. */
  public void add(MetricSource source) {
    sources.add(source);
  }

  @Override
  public ServiceObserver of(ServiceSpec spec) {
    return service(spec.name());
  }

  /** What is counted of a service, from when it was first asked for. */
  public ServiceMetrics service(String name) {
    return services.computeIfAbsent(name, n -> new ServiceMetrics(n, node, System::nanoTime));
  }

  /** What each service has done, by its name. */
  public Map<String, ServiceMetrics.Reading> readings() {
    return services.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, service -> service.getValue().read()));
  }

  /** What counts calls of HTTP on Spark. */
  public CallMetrics calls() {
    return calls;
  }

  @Override
  public void unserved(HttpServerRequest request, ServiceReply reply) {
    unserved.count(reply);
  }

  @Override
  public void collect(Samples samples) {
    services.values().forEach(service -> service.collect(samples));
    unserved
        .read()
        .forEach(
            (kind, count) ->
                samples.add(
                    Metric.REQUESTS_UNSERVED, count, kind.statusClass(), kind.failureName()));
    samples.add(Metric.BUILD, 1, Release.current().version());
    samples.add(Metric.NODE, 1, node.text());
  }

  /** The sum over all labels of a counter or a gauge, or how many durations a histogram has. */
  public double total(Metric metric) {
    return samples().total(metric);
  }

  /** The sum of the durations of a histogram over all labels, in seconds. */
  public double totalSeconds(Metric metric) {
    return samples().totalSeconds(metric);
  }

  private Samples samples() {
    Samples samples = new Samples();
    sources.forEach(source -> source.collect(samples));
    return samples;
  }

  /**
   * All of them in a format of Prometheus. Not for event loops: a node with many services needs
   * some milliseconds.
   *
   * @param accept which formats are wanted, as the header field of that name has it; null for any
   */
  public Page page(String accept) {
    ExpositionFormatWriter writer = formats.findWriter(accept);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      writer.write(out, registry.scrape());
    } catch (IOException e) {
      throw new UncheckedIOException(e); // never, because memory takes it
    }
    return new Page(writer.getContentType(), out.toByteArray());
  }

  /** Metrics as they are sent. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Page(String contentType, byte[] body) {}
}
