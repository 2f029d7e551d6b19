package io.sparkwire.requestlog;

import io.netty.util.concurrent.EventExecutor;
import io.sparkwire.exchange.Exchange;
import io.sparkwire.message.NodeId;
import io.vertx.core.http.HttpServerRequest;
import java.util.function.Function;

/** The lines of an access log that one event loop writes. Runs on: that event loop. */
final class LoopLines {

  private final NodeId node;
  private final DroppedEntries dropped;
  private final LoopBuffer buffer;
  private final LineFormat format;

  /** Of the request that arrived last. */
  private AccessEntry last;

  /**
   * @param formats makes what writes lines
   */
  LoopLines(
      EventExecutor loop,
      NodeId node,
      LogWriter<LineBatch> writer,
      DroppedEntries dropped,
      Function<Bytes, LineFormat> formats) {
    this.node = node;
    this.dropped = dropped;
    this.buffer =
        new LoopBuffer(
            loop, (bytes, length, entries) -> writer.offer(new LineBatch(bytes, length, entries)));
    this.format = formats.apply(buffer.bytes());
  }

  NodeId node() {
    return node;
  }

  long nanoTime() {
    return System.nanoTime();
  }

  long millis() {
    return System.currentTimeMillis();
  }

  /** An entry for a request that has arrived just now. */
  AccessEntry entry(HttpServerRequest request) {
    return new AccessEntry(this, request, nanoTime());
  }

  /** One for the request of an exchange. */
  AccessEntry entry(Exchange exchange) {
    return new AccessEntry(this, exchange.http(), exchange.openedNanos()).of(exchange);
  }

  /** Follows a request that has arrived. */
  void arrived(HttpServerRequest request) {
    last = entry(request);
    last.follow();
  }

  /** Follows a request whose exchange was opened. */
  void opened(Exchange exchange) {
    if (last != null && last.isOf(exchange.http())) {
      last.of(exchange);
    } else {
      entry(exchange).follow();
    }
  }

  /** Adds the line of a request. */
  void add(AccessEntry entry) {
    try {
      format.write(entry);
      buffer.ends();
    } catch (RuntimeException e) { // a fault of one line must not end its connection
      dropped.add(1, e.toString());
      buffer.cut();
    }
  }

  /** Hands over what waits. Runs on: any other thread; blocks for a moment. */
  void close() {
    buffer.close();
  }
}
