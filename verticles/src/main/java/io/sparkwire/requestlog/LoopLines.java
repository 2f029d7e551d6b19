package io.sparkwire.requestlog;

import io.netty.util.concurrent.EventExecutor;
import io.sparkwire.exchange.Exchange;
import java.util.function.Function;

/** The lines of an access log that one event loop writes. Runs on: that event loop. */
final class LoopLines {

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
      LogWriter<LineBatch> writer,
      DroppedEntries dropped,
      Function<Bytes, LineFormat> formats) {
    this.dropped = dropped;
    this.buffer =
        new LoopBuffer(
            loop, (bytes, length, entries) -> writer.offer(new LineBatch(bytes, length, entries)));
    this.format = formats.apply(buffer.bytes());
  }

  /** A request has arrived. */
  void arrived(AccessEntry entry) {
    last = entry;
  }

  /** An exchange was opened; says whether it is that of the request that arrived last. */
  boolean opened(Exchange exchange) {
    boolean own = last != null && last.isOf(exchange.http());
    if (own) {
      last.of(exchange);
    }
    return own;
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
