package io.sparkwire.cluster.tls;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.sparkwire.log.Event;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;

/**
 * The log of those that cannot prove that they are nodes of this cluster: one line an hour for each
 * address and port, and no more than {@value #MOST_ADDRESSES} lines an hour. Thread-safe.
 */
public final class RefusedStrangers {

  public static final String BUS = "the event bus";
  static final String MEMBERS = "the cluster port";

  static final int MOST_ADDRESSES = 256;

  private static final long PERIOD_NANOS = TimeUnit.HOURS.toNanos(1);

  private final Logger log;
  private final LongSupplier nanoTime;

  /** When there was a line; the oldest is the first. */
  @GuardedBy("this")
  private final Map<String, Long> logged = new LinkedHashMap<>();

  /**
   * Begins with no stranger known.
   *
   * @param nanoTime the clock of {@link System#nanoTime}
   */
  public RefusedStrangers(Logger log, LongSupplier nanoTime) {
    this.log = log;
    this.nanoTime = nanoTime;
  }

  /**
   * Notes a stranger.
   *
   * @param port {@link #BUS} or {@link #MEMBERS}
   * @param host the address of the other side, without its port
   */
  public void refused(String port, String host, String reason) {
    if (isNews(port + host)) {
      Event.STRANGER_REFUSED.warn(
          log, "{} is no node of this cluster, and was refused at {}: {}", host, port, reason);
    }
  }

  private synchronized boolean isNews(String stranger) {
    long now = nanoTime.getAsLong();
    logged.values().removeIf(time -> now - time >= PERIOD_NANOS);
    return logged.size() < MOST_ADDRESSES && logged.putIfAbsent(stranger, now) == null;
  }
}
