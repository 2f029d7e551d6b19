package io.sparkwire.requestlog;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Entries of a log that one event loop has written into memory, and that wait for more: the log's
 * thread gets many at a time.
 *
 * <p>An entry is written where its request has ended, because there all that it tells is in the
 * processor's caches; to hand the request itself to another thread costs more than to write the
 * entry. Runs on: its event loop, but for {@link #close}.
 */
final class LoopBuffer {

  private static final int FULL_BYTES = 1 << 15;

  /** Of one entry, mostly at most. */
  private static final int ENTRY_BYTES = 1 << 12;

  private static final long GATHER_MILLIS = 20;
  private static final long CLOSE_SECONDS = 2;

  private final EventExecutor loop;
  private final Next next;
  private final Bytes bytes = new Bytes(FULL_BYTES + ENTRY_BYTES);
  private int complete;
  private int entries;
  private boolean planned;

  /** Takes what has been gathered. */
  @FunctionalInterface
  interface Next {

    /**
     * Takes entries.
     *
     * @param bytes begins with the entries, and is its own from now on
     * @param length of the entries
     * @param entries how many there are
     */
    void accept(byte[] bytes, int length, int entries);
  }

  LoopBuffer(EventExecutor loop, Next next) {
    this.loop = loop;
    this.next = next;
  }

  /** Where the next entry is to be written. */
  Bytes bytes() {
    return bytes;
  }

  /** The entry is complete. */
  void ends() {
    complete = bytes.size();
    entries++;
    if (complete >= FULL_BYTES) {
      handOver();
    } else if (!planned) {
      planned = true;
      Future<?> unused = loop.schedule(this::gathered, GATHER_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  /** Forgets the entry that is not complete. */
  void cut() {
    bytes.endAt(complete);
  }

  private void gathered() {
    planned = false;
    handOver();
  }

  /** Hands over what there is, if anything. */
  void handOver() {
    if (entries > 0) {
      next.accept(bytes.take(), complete, entries);
      complete = 0;
      entries = 0;
    }
  }

  /** The same on any other thread. Blocks for {@value #CLOSE_SECONDS} s at most. */
  void close() {
    if (!loop.isShuttingDown()) {
      loop.submit(this::handOver).awaitUninterruptibly(CLOSE_SECONDS, TimeUnit.SECONDS);
    } else if (loop.terminationFuture()
        .awaitUninterruptibly(CLOSE_SECONDS, TimeUnit.SECONDS)) { // so nothing runs there any more
      handOver();
    }
  }
}
