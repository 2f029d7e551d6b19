package io.sparkwire.requestlog;

import io.sparkwire.thread.DaemonThreads;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jctools.queues.MpscUnboundedArrayQueue;

/**
 * A queue of entries, which event loops fill, and the thread that writes them.
 *
 * <p>The queue is bounded by the memory of its entries; one more is dropped. Thread-safe.
 */
final class LogWriter<E extends LogEntry> {

  // The thread parks when it has written all. An offer that sees it parked wakes it; the thread
  // then waits a little longer, so that it writes a batch, and that event loops wake it 200 times a
  // second at most.
  //
  // No wake-up is lost: an offer adds to 'waiting' before it reads 'parked', and the thread sets
  // 'parked' before it reads 'waiting'. Both are volatile, so one of the two sees the other.

  private static final int CHUNK = 1_024;
  private static final int RELEASED_AT_ONCE = 64;
  private static final long GATHER_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
  private static final long CHECK_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long CLOSE_MILLIS = 10_000;

  private final MpscUnboundedArrayQueue<E> queue = new MpscUnboundedArrayQueue<>(CHUNK);
  private final AtomicLong waiting = new AtomicLong();
  private final long most;
  private final LogSink<E> sink;
  private final DroppedEntries dropped;
  private final Thread thread;
  private volatile boolean parked;
  private volatile boolean closing;

  /**
   * @param name of the thread
   * @param most bytes of entries that may wait
   * @param sink which it owns
   * @param dropped counts those that are dropped, also by the sink
   */
  LogWriter(String name, long most, LogSink<E> sink, DroppedEntries dropped) {
    this.most = most;
    this.sink = sink;
    this.dropped = dropped;
    this.thread = DaemonThreads.named(name).newThread(this::run);
    thread.start();
  }

  /** Has an entry written, or drops it. Runs on: any thread; does not block. */
  void offer(E entry) {
    int weight = entry.weight();
    if (waiting.addAndGet(weight) > most || closing) {
      waiting.addAndGet(-weight);
      dropped.add(entry.entries(), DroppedEntries.NO_ROOM);
      return;
    }
    queue.offer(entry);
    if (parked) {
      parked = false;
      LockSupport.unpark(thread);
    }
  }

  private void run() {
    while (!closing) {
      park();
      if (waiting.get() > 0 && !closing) {
        LockSupport.parkNanos(this, GATHER_NANOS);
      }
      writeAll(false);
      sink.check();
      dropped.say();
    }
    writeAll(true);
    sink.close();
    dropped.sayAll();
  }

  private void park() {
    parked = true;
    if ((waiting.get() == 0 || sink.isBlocked()) && !closing) {
      LockSupport.parkNanos(this, CHECK_NANOS);
    }
    parked = false;
  }

  /**
   * @param last whether it is tried even if the sink has failed just now
   */
  private void writeAll(boolean last) {
    long written = 0;
    int entries = 0;
    while (last || !sink.isBlocked()) {
      E entry = queue.poll();
      if (entry == null) {
        break;
      }
      write(entry);
      written += entry.weight();
      if (++entries % RELEASED_AT_ONCE == 0) {
        waiting.addAndGet(-written);
        written = 0;
      }
    }
    sink.flush();
    waiting.addAndGet(-written);
  }

  /** A fault of one entry must not end the thread, and with it the log. */
  private void write(E entry) {
    try {
      sink.write(entry);
    } catch (RuntimeException e) {
      dropped.add(entry.entries(), e.toString());
    }
  }

  /** Writes what waits, and ends. Blocks until that is done, for 10 seconds at most. */
  void close() {
    closing = true;
    LockSupport.unpark(thread);
    try {
      thread.join(CLOSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
