package io.sparkwire.requestlog;

import io.sparkwire.exchange.Exchange;
import io.sparkwire.exchange.NodeObserver;
import io.sparkwire.exchange.ServiceObserver;
import io.sparkwire.log.Event;
import io.sparkwire.message.FailureCode;
import io.sparkwire.message.NodeId;
import io.sparkwire.message.ServiceFailure;
import io.sparkwire.message.ServiceReply;
import io.sparkwire.message.ServiceSpec;
import io.sparkwire.telemetry.AccessLogOptions;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.io.OutputStream;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The access log of a node: each request of a client gets one line, when its response has ended or
 * the client has left.
 *
 * <p>What is known of a request grows as it goes on: each new {@link AccessEntry} takes the place
 * of the one before as the handler of its response's end. Thread-safe.
 */
final class AccessLog implements NodeObserver {

  private static final Logger LOG = LoggerFactory.getLogger(AccessLog.class);
  private static final long MOST_BYTES = 32 << 20;

  private final NodeId node;
  private final LineFormat format;
  private final LogWriter<AccessEntry> writer;
  private final LongSupplier nanoTime;
  private final LongSupplier millis;

  private AccessLog(
      NodeId node, LineFormat format, LogWriter<AccessEntry> writer, LongSupplier nanoTime) {
    this.node = node;
    this.format = format;
    this.writer = writer;
    this.nanoTime = nanoTime;
    this.millis = System::currentTimeMillis;
  }

  /**
   * Opens it.
   *
   * @throws IllegalStateException if its file cannot be written
   */
  static AccessLog open(NodeId node, AccessLogOptions options) {
    LongSupplier nanoTime = System::nanoTime;
    Function<OutputStream, LineFormat> format =
        options.format() == AccessLogOptions.Format.JSON
            ? out -> new JsonLines(node.text(), out)
            : out -> new CombinedLines(node.text(), out);
    String name = options.isStandardOutput() ? "the access log" : "access log " + options.file();
    DroppedEntries dropped = new DroppedEntries(Event.ACCESS_LOG_DROPPED, LOG, name, nanoTime);
    try {
      AccessFile file = new AccessFile(options, format, dropped, nanoTime);
      LogWriter<AccessEntry> writer =
          new LogWriter<>("sparkwire-access-log", MOST_BYTES, file, dropped);
      return new AccessLog(node, file.format(), writer, nanoTime);
    } catch (IOException e) {
      throw new IllegalStateException(
          "cannot write the access log " + options.file() + ": " + Reason.of(e), e);
    }
  }

  NodeId node() {
    return node;
  }

  LineFormat format() {
    return format;
  }

  long nanoTime() {
    return nanoTime.getAsLong();
  }

  long millis() {
    return millis.getAsLong();
  }

  void offer(AccessEntry entry) {
    writer.offer(entry);
  }

  private AccessEntry entry(HttpServerRequest request) {
    return new AccessEntry(this, request, nanoTime());
  }

  @Override
  public void arrived(HttpServerRequest request) {
    entry(request).follow();
  }

  @Override
  public void unserved(HttpServerRequest request, ServiceReply reply) {
    entry(request).failed(ServiceFailure.code(reply)).follow();
  }

  @Override
  public ServiceObserver of(ServiceSpec spec) {
    return new OfService(this, spec.name());
  }

  @Override
  public void close() {
    writer.close();
  }

  /** Requests of one service. */
  private record OfService(AccessLog log, String service) implements ServiceObserver {

    @Override
    public void refused(HttpServerRequest request, ServiceReply reply) {
      log.entry(request).of(service).failed(ServiceFailure.code(reply)).follow();
    }

    @Override
    public void opened(Exchange exchange) {
      if (exchange.http() != null) {
        entry(exchange).follow();
      }
    }

    @Override
    public void answered(Exchange exchange, LongSupplier nanoTime) {
      FailureCode failure = ServiceFailure.code(exchange.reply());
      if (failure != null && exchange.http() != null) {
        entry(exchange).failed(failure).follow();
      }
    }

    @Override
    public void expired(Exchange exchange, LongSupplier nanoTime) {
      answered(exchange, nanoTime);
    }

    private AccessEntry entry(Exchange exchange) {
      return new AccessEntry(log, exchange.http(), exchange.openedNanos()).of(exchange);
    }
  }
}
