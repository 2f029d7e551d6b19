package io.sparkwire.requestlog;

import io.sparkwire.exchange.Exchange;
import io.sparkwire.exchange.ExchangeObserver;
import io.sparkwire.exchange.NodeObserver;
import io.sparkwire.exchange.ServiceObserver;
import io.sparkwire.log.Event;
import io.sparkwire.message.FailureCode;
import io.sparkwire.message.NodeId;
import io.sparkwire.message.ServiceFailure;
import io.sparkwire.message.ServiceReply;
import io.sparkwire.message.ServiceSpec;
import io.sparkwire.metrics.Metric;
import io.sparkwire.metrics.MetricSource;
import io.sparkwire.metrics.Samples;
import io.sparkwire.telemetry.AccessLogOptions;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The access log of a node: each request of a client gets one line, when its response has ended or
 * the client has left.
 *
 * <p>What is known of a request grows as it goes on. Mostly its exchange is opened before another
 * request arrives on its event loop, and its {@link AccessEntry} then learns of it; otherwise a new
 * one takes the place of the one before as the handler of the response's end. Thread-safe.
 */
final class AccessLog implements NodeObserver, MetricSource {

  private static final Logger LOG = LoggerFactory.getLogger(AccessLog.class);
  private static final long MOST_BYTES = 32 << 20;

  private final LogWriter<LineBatch> writer;
  private final DroppedEntries dropped;
  private final PerLoop<LoopLines> lines;

  private AccessLog(NodeId node, AccessLogOptions options) throws IOException {
    Function<Bytes, LineFormat> formats =
        options.format() == AccessLogOptions.Format.COMBINED
            ? out -> new CombinedLines(node.text(), out)
            : out -> new JsonLines(node.text(), out);
    String name = options.isStandardOutput() ? "the access log" : "access log " + options.file();
    this.dropped = new DroppedEntries(Event.ACCESS_LOG_DROPPED, LOG, name, System::nanoTime);
    AccessFile file = new AccessFile(options, dropped, System::nanoTime);
    this.writer = new LogWriter<>("sparkwire-access-log", MOST_BYTES, file, dropped);
    this.lines = new PerLoop<>(loop -> new LoopLines(loop, node, writer, dropped, formats));
  }

  /**
   * Opens it.
   *
   * @throws IllegalStateException if its file cannot be written
   */
  static AccessLog open(NodeId node, AccessLogOptions options) {
    try {
      return new AccessLog(node, options);
    } catch (IOException e) {
      throw new IllegalStateException(
          "cannot write the access log " + options.file() + ": " + Reason.of(e), e);
    }
  }

  @Override
  public void arrived(HttpServerRequest request) {
    lines.get().arrived(request);
  }

  @Override
  public void unserved(HttpServerRequest request, ServiceReply reply) {
    lines.get().entry(request).failed(ServiceFailure.code(reply)).follow();
  }

  @Override
  public ServiceObserver of(ServiceSpec spec) {
    return new OfService(lines, spec.name());
  }

  @Override
  public void collect(Samples samples) {
    samples.add(Metric.LOG_ENTRIES_DROPPED, dropped.count(), "access");
  }

  @Override
  public void close() {
    lines.forEach(LoopLines::close);
    writer.close();
  }

  /** Requests of one service. */
  private record OfService(PerLoop<LoopLines> lines, String service)
      implements ServiceObserver, ExchangeObserver {

    @Override
    public ExchangeObserver exchanges() {
      return this;
    }

    @Override
    public void refused(HttpServerRequest request, ServiceReply reply) {
      lines.get().entry(request).of(service).failed(ServiceFailure.code(reply)).follow();
    }

    @Override
    public void opened(Exchange exchange) {
      if (exchange.http() != null) {
        lines.get().opened(exchange);
      }
    }

    @Override
    public void answered(Exchange exchange, LongSupplier nanoTime) {
      FailureCode failure = ServiceFailure.code(exchange.reply());
      if (failure != null && exchange.http() != null) {
        lines.get().entry(exchange).failed(failure).follow();
      }
    }

    @Override
    public void expired(Exchange exchange, LongSupplier nanoTime) {
      answered(exchange, nanoTime);
    }
  }
}
