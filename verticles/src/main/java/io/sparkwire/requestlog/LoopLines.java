package io.sparkwire.requestlog;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * The lines of one event loop that wait for more: the log's thread gets many at a time.
 *
 * <p>A line is made where its request has ended, because there all that it tells is in the
 * processor's caches; to hand the request itself to another thread costs more than the line. Runs
 * on: its event loop, but for {@link #close}.
 */
final class LoopLines {

  private static final int FULL_BYTES = 1 << 15;
  private static final long GATHER_MILLIS = 20;
  private static final long CLOSE_SECONDS = 2;

  private final EventExecutor loop;
  private final LogWriter<LineBatch> writer;
  private final DroppedEntries dropped;
  private final Function<OutputStream, LineFormat> formats;
  private final Bytes bytes = new Bytes();
  private LineFormat format;
  private int entries;
  private boolean planned;

  /**
   * @param formats makes what writes lines to a stream
   */
  LoopLines(
      EventExecutor loop,
      LogWriter<LineBatch> writer,
      DroppedEntries dropped,
      Function<OutputStream, LineFormat> formats) {
    this.loop = loop;
    this.writer = writer;
    this.dropped = dropped;
    this.formats = formats;
    this.format = formats.apply(bytes);
  }

  /** Adds the line of a request. */
  void add(AccessEntry entry) {
    int before = bytes.size();
    try {
      format.write(entry);
      entries++;
    } catch (IOException | RuntimeException e) { // a fault of one line must not end its connection
      bytes.cut(before);
      format = formats.apply(bytes); // the last one is in the middle of a line
      dropped.add(1, e.toString());
    }
    if (bytes.size() >= FULL_BYTES) {
      handOver();
    } else if (!planned) {
      planned = true;
      Future<?> unused = loop.schedule(this::gathered, GATHER_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  private void gathered() {
    planned = false;
    handOver();
  }

  private void handOver() {
    if (entries > 0) {
      writer.offer(new LineBatch(bytes.toByteArray(), entries));
      bytes.reset();
      entries = 0;
    }
  }

  /** Hands over what there is. Blocks for {@value #CLOSE_SECONDS} s at most. */
  void close() {
    if (!loop.isShuttingDown()) {
      loop.submit(this::handOver).awaitUninterruptibly(CLOSE_SECONDS, TimeUnit.SECONDS);
    } else if (loop.terminationFuture()
        .awaitUninterruptibly(CLOSE_SECONDS, TimeUnit.SECONDS)) { // so nothing runs there any more
      handOver();
    }
  }
}
