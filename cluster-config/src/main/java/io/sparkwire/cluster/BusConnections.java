package io.sparkwire.cluster;

import io.netty.channel.Channel;
import io.sparkwire.log.Event;
import io.sparkwire.message.Protocol;
import java.net.SocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connections to this node's event bus, of other nodes or of strangers: their number, and how
 * many bytes of unfinished messages they hold together.
 *
 * <p>Each accepted connection gets a {@link FrameGuard}. Thread-safe.
 */
final class BusConnections implements AcceptRule {

  private static final Logger LOG = LoggerFactory.getLogger(BusConnections.class);

  private static final int HEAP_SHARE = 8;
  private static final int FILES_SHARE = 8;
  private static final int MOST_CONNECTIONS = 1_024;
  private static final int LEAST_CONNECTIONS = 64;
  private static final long LOG_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final int mostConnections;
  private final long mostHeld;
  private final AtomicInteger open = new AtomicInteger();
  private final AtomicLong held = new AtomicLong();
  private final AtomicLong unlogged = new AtomicLong();
  private final AtomicLong lastLogged;
  private final LongSupplier nanoTime;

  /** Sized for this JVM: by its heap, and by the files that it may have open. */
  BusConnections() {
    this(
        connectionsFor(NodeLimits.files()),
        Math.max(Protocol.MOST_MESSAGE_BYTES, Runtime.getRuntime().maxMemory() / HEAP_SHARE),
        System::nanoTime);
  }

  /**
   * @param mostHeld bytes of unfinished messages that all connections may hold together
   * @param nanoTime the clock of {@link System#nanoTime}
   */
  BusConnections(int mostConnections, long mostHeld, LongSupplier nanoTime) {
    this.mostConnections = mostConnections;
    this.mostHeld = mostHeld;
    this.nanoTime = nanoTime;
    this.lastLogged = new AtomicLong(nanoTime.getAsLong() - LOG_NANOS);
  }

  static int connectionsFor(long files) {
    return (int) Math.max(LEAST_CONNECTIONS, Math.min(MOST_CONNECTIONS, files / FILES_SHARE));
  }

  @Override
  public boolean accept(Channel connection) {
    boolean accepted = count(connection);
    if (accepted) {
      connection.pipeline().addLast(new FrameGuard(this));
    }
    return accepted;
  }

  /** Counts a connection until it is closed; says no if there are too many. */
  boolean count(Channel connection) {
    if (open.incrementAndGet() > mostConnections) {
      open.decrementAndGet();
      refused(connection.remoteAddress());
      return false;
    }
    connection.closeFuture().addListener(closed -> open.decrementAndGet());
    return true;
  }

  /** Counts bytes of an unfinished message, or takes them back; says no if there are too many. */
  boolean hold(long bytes) {
    return held.addAndGet(bytes) <= mostHeld || bytes < 0;
  }

  /** A connection was closed: a line in the log, but no more than one in a second. */
  void refused(SocketAddress by) {
    long times = unlogged.incrementAndGet();
    long now = nanoTime.getAsLong();
    long last = lastLogged.get();
    if (now - last >= LOG_NANOS && lastLogged.compareAndSet(last, now)) {
      unlogged.addAndGet(-times);
      Event.BUS_BYTES_REFUSED.warn(
          LOG,
          "the event bus got bytes that are not a message of a node, or too many connections;"
              + " closed {} connection(s), the last one from {}",
          times,
          by);
    }
  }

  int open() {
    return open.get();
  }

  long held() {
    return held.get();
  }
}
