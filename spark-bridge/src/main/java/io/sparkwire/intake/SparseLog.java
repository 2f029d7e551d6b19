package io.sparkwire.intake;

import io.sparkwire.log.Event;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import org.slf4j.Logger;

/**
 * A log of events that clients can cause as often as they like: of equal events one line is written
 * at once, and one with the number of the others every {@value #WINDOW_SECONDS} seconds.
 *
 * <p>No more than {@value #MOST_KINDS} kinds are distinguished; all others of one event count as
 * one. Thread-safe.
 */
public final class SparseLog {

  static final int WINDOW_SECONDS = 10;
  static final int MOST_KINDS = 64;
  private static final String OTHERS = "other failures";

  private final BiConsumer<Event, String> lines;
  private final Later later;
  private final Map<Kind, AtomicInteger> suppressed = new ConcurrentHashMap<>();

  /** Runs something once, after that time. */
  @FunctionalInterface
  public interface Later {
    void run(long millis, Runnable action);
  }

  /** What events have in common that are equal. */
  private record Kind(Event event, String text) {}

  /**
   * @param lines writes a line about an event
   */
  SparseLog(BiConsumer<Event, String> lines, Later later) {
    this.lines = lines;
    this.later = later;
  }

  /** Writes at WARN. */
  public static SparseLog of(Logger log, Later later) {
    return new SparseLog((event, line) -> event.warn(log, "{}", line), later);
  }

  /**
   * Writes a line, unless one of that kind was written just now.
   *
   * @param kind what events have in common that are equal; is part of the line with their number
   */
  public void write(Event event, String kind, String line) {
    Kind own = new Kind(event, kind);
    boolean isKnown = suppressed.containsKey(own) || suppressed.size() < MOST_KINDS;
    Kind known = isKnown ? own : new Kind(event, OTHERS);
    AtomicInteger window = new AtomicInteger();
    AtomicInteger open = suppressed.putIfAbsent(known, window);
    if (open == null) {
      lines.accept(event, line);
      later.run(TimeUnit.SECONDS.toMillis(WINDOW_SECONDS), () -> ends(known, window));
    } else {
      open.incrementAndGet();
    }
  }

  private void ends(Kind kind, AtomicInteger window) {
    int more = window.getAndSet(0);
    if (more == 0) {
      suppressed.remove(kind); // an event that is counted just now is logged with none
      return;
    }
    lines.accept(
        kind.event(),
        "… and %d more like this in the last %d s: %s"
            .formatted(more, WINDOW_SECONDS, kind.text()));
    later.run(TimeUnit.SECONDS.toMillis(WINDOW_SECONDS), () -> ends(kind, window));
  }
}
