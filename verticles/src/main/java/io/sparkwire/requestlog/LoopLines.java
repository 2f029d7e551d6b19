package io.sparkwire.requestlog;

import io.netty.util.concurrent.EventExecutor;
import java.io.IOException;
import java.io.OutputStream;
import java.util.function.Function;

/** The lines of an access log that one event loop writes. Runs on: that event loop. */
final class LoopLines {

  private final DroppedEntries dropped;
  private final Function<OutputStream, LineFormat> formats;
  private final LoopBuffer buffer;
  private LineFormat format;

  /**
   * @param formats makes what writes lines to a stream
   */
  LoopLines(
      EventExecutor loop,
      LogWriter<LineBatch> writer,
      DroppedEntries dropped,
      Function<OutputStream, LineFormat> formats) {
    this.dropped = dropped;
    this.formats = formats;
    this.buffer =
        new LoopBuffer(loop, (bytes, entries) -> writer.offer(new LineBatch(bytes, entries)));
    this.format = formats.apply(buffer.bytes());
  }

  /** Adds the line of a request. */
  void add(AccessEntry entry) {
    try {
      format.write(entry);
      buffer.ends();
    } catch (IOException | RuntimeException e) { // a fault of one line must not end its connection
      dropped.add(1, e.toString());
      buffer.cut();
      format = formats.apply(buffer.bytes()); // the last one is in the middle of a line
    }
  }

  /** Hands over what waits. Runs on: any other thread; blocks for a moment. */
  void close() {
    buffer.close();
  }
}
