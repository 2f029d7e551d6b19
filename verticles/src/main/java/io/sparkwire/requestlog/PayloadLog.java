package io.sparkwire.requestlog;

import io.sparkwire.exchange.Exchange;
import io.sparkwire.exchange.ExchangeObserver;
import io.sparkwire.exchange.NodeObserver;
import io.sparkwire.exchange.ServiceObserver;
import io.sparkwire.log.Event;
import io.sparkwire.message.FailureCode;
import io.sparkwire.message.NodeId;
import io.sparkwire.message.ServiceFailure;
import io.sparkwire.message.ServiceRequest;
import io.sparkwire.message.ServiceSpec;
import io.sparkwire.metrics.Metric;
import io.sparkwire.metrics.MetricSource;
import io.sparkwire.metrics.Samples;
import io.sparkwire.telemetry.PayloadField;
import io.sparkwire.telemetry.PayloadLogOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The payload log of a node: a share of the requests that its services have admitted, each with its
 * reply. Those whose client left before the reply are not in it. Thread-safe.
 */
final class PayloadLog implements NodeObserver, MetricSource {

  private static final Logger LOG = LoggerFactory.getLogger(PayloadLog.class);
  private static final long NANOS_PER_MICRO = 1_000;

  private final PayloadSample sample;
  private final PayloadRecords records;

  /** Null if bodies are left out. */
  private final FailedRequests failed;

  private final DroppedEntries dropped;
  private final LogWriter<PayloadItem> writer;
  private final Map<String, OfService> services = new ConcurrentHashMap<>();

  private PayloadLog(
      NodeId node, PayloadLogOptions options, AppendedFile.Opener opener, FailedRequests failed) {
    this.failed = options.omitted().contains(PayloadField.REQUEST_BODY) ? null : failed;
    LongSupplier nanoTime = System::nanoTime;
    String name = "payload log " + options.directory();
    this.sample = new PayloadSample(options.sample());
    this.records = new PayloadRecords(node, options);
    this.dropped = new DroppedEntries(Event.PAYLOAD_LOG_DROPPED, LOG, name, nanoTime);
    PayloadFiles files = new PayloadFiles(node, options, dropped, opener, nanoTime);
    this.writer = new LogWriter<>("sparkwire-payload-log", options.memory(), files, dropped);
  }

  /**
   * Opens it.
   *
   * @throws IllegalStateException if its directory cannot be made
   */
  static PayloadLog open(NodeId node, PayloadLogOptions options, FailedRequests failed) {
    Path directory = Path.of(options.directory());
    try {
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw new IllegalStateException(
          "cannot write the payload log " + directory + ": " + Reason.of(e), e);
    }
    if (!Files.isWritable(directory)) {
      throw new IllegalStateException(
          "cannot write the payload log " + directory + ": it is not writable");
    }
    return new PayloadLog(node, options, AppendedFile::open, failed);
  }

  @Override
  public ServiceObserver of(ServiceSpec spec) {
    return services.computeIfAbsent(spec.name(), name -> new OfService());
  }

  @Override
  public void collect(Samples samples) {
    samples.add(Metric.LOG_ENTRIES_DROPPED, dropped.count(), "payload");
  }

  @Override
  public void close() {
    services.values().forEach(service -> service.ofLoop.forEach(LoopRecords::close));
    writer.close();
  }

  /** Requests of one service. */
  private final class OfService implements ServiceObserver, ExchangeObserver {

    private final PerLoop<LoopRecords> ofLoop =
        new PerLoop<>(loop -> new LoopRecords(loop, writer, dropped, records));

    @Override
    public ExchangeObserver exchanges() {
      return this;
    }

    @Override
    public void answered(Exchange exchange, LongSupplier nanoTime) {
      if (!exchange.isAdmitted() || !sample.takes(exchange.id())) {
        return;
      }
      ServiceRequest request = exchange.request();
      if (request.isWhole()) {
        long micros = (nanoTime.getAsLong() - exchange.openedNanos()) / NANOS_PER_MICRO;
        ofLoop
            .get()
            .add(
                new PayloadEntry(
                    exchange.id(), request, exchange.reply(), exchange.times(), micros));
        tell(exchange, request);
      }
    }

    private void tell(Exchange exchange, ServiceRequest request) {
      if (failed != null && ServiceFailure.code(exchange.reply()) == FailureCode.PIPELINE_FAILED) {
        failed.failed(request.service(), exchange.id(), request.body());
      }
    }

    @Override
    public void expired(Exchange exchange, LongSupplier nanoTime) {
      answered(exchange, nanoTime);
    }
  }
}
