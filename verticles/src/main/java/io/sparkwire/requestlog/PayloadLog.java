package io.sparkwire.requestlog;

import io.sparkwire.exchange.Exchange;
import io.sparkwire.exchange.NodeObserver;
import io.sparkwire.exchange.ServiceObserver;
import io.sparkwire.log.Event;
import io.sparkwire.message.NodeId;
import io.sparkwire.message.ServiceRequest;
import io.sparkwire.message.ServiceSpec;
import io.sparkwire.telemetry.PayloadLogOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The payload log of a node: a share of the requests that its services have admitted, each with its
 * reply. Those whose client left before the reply are not in it. Thread-safe.
 */
final class PayloadLog implements NodeObserver {

  private static final Logger LOG = LoggerFactory.getLogger(PayloadLog.class);

  private final PayloadSample sample;
  private final LogWriter<PayloadEntry> writer;

  private PayloadLog(PayloadSample sample, LogWriter<PayloadEntry> writer) {
    this.sample = sample;
    this.writer = writer;
  }

  /**
   * Opens it.
   *
   * @throws IllegalStateException if its directory cannot be made
   */
  static PayloadLog open(NodeId node, PayloadLogOptions options) {
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
    return open(node, options, AppendedFile::open);
  }

  static PayloadLog open(NodeId node, PayloadLogOptions options, AppendedFile.Opener opener) {
    LongSupplier nanoTime = System::nanoTime;
    String name = "payload log " + options.directory();
    DroppedEntries dropped = new DroppedEntries(Event.PAYLOAD_LOG_DROPPED, LOG, name, nanoTime);
    PayloadFiles files = new PayloadFiles(node, options, dropped, opener, nanoTime);
    return new PayloadLog(
        new PayloadSample(options.sample()),
        new LogWriter<>("sparkwire-payload-log", options.memory(), files, dropped));
  }

  @Override
  public ServiceObserver of(ServiceSpec spec) {
    return new OfService(this);
  }

  @Override
  public void close() {
    writer.close();
  }

  private void add(Exchange exchange, LongSupplier nanoTime) {
    if (!exchange.isAdmitted() || !sample.takes(exchange.id())) {
      return;
    }
    ServiceRequest request = exchange.request();
    if (request.isWhole()) {
      long micros = (nanoTime.getAsLong() - exchange.openedNanos()) / 1_000;
      writer.offer(
          new PayloadEntry(exchange.id(), request, exchange.reply(), exchange.times(), micros));
    }
  }

  /** Requests of one service. */
  private record OfService(PayloadLog log) implements ServiceObserver {

    @Override
    public void answered(Exchange exchange, LongSupplier nanoTime) {
      log.add(exchange, nanoTime);
    }

    @Override
    public void expired(Exchange exchange, LongSupplier nanoTime) {
      log.add(exchange, nanoTime);
    }
  }
}
