package io.sparkwire.requestlog;

import io.sparkwire.log.Event;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.slf4j.Logger;

/**
 * How many entries a log has dropped. It says so in the log of the program: at once, and then every
 * 10 seconds at most. Thread-safe, but for {@link #say} and {@link #sayAll}.
 */
final class DroppedEntries {

  static final String NO_ROOM = "there is no room for more that wait to be written";

  private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final Event event;
  private final Logger log;
  private final String name;
  private final LongSupplier nanoTime;
  private final LongAdder count = new LongAdder();
  private volatile String reason = "";
  private long said;
  private long saidAt;

  /**
   * @param event under which it is said
   * @param name of the log in sentences
   */
  DroppedEntries(Event event, Logger log, String name, LongSupplier nanoTime) {
    this.event = event;
    this.log = log;
    this.name = name;
    this.nanoTime = nanoTime;
  }

  void add(long entries, String why) {
    count.add(entries);
    reason = why;
  }

  /** All so far. */
  long count() {
    return count.sum();
  }

  /** Says how many are new, unless it did just now. Runs on: the log's thread. */
  void say() {
    if (said == 0 || nanoTime.getAsLong() - saidAt >= PAUSE_NANOS) {
      sayAll();
    }
  }

  /** Says how many are new. Runs on: the log's thread. */
  void sayAll() {
    long now = count();
    if (now > said) {
      event.warn(log, "{} has dropped {} request(s), {} in all: {}", name, now - said, now, reason);
      said = now;
      saidAt = nanoTime.getAsLong();
    }
  }
}
