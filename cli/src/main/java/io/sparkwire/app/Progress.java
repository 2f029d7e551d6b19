package io.sparkwire.app;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The numbered lines that a command shows while it starts, each with the seconds it took.
 *
 * <p>Runs on: driver, its main thread. Not thread-safe.
 */
final class Progress {

  private static final double NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);

  private final PrintWriter out;
  private final int steps;
  private final LongSupplier nanoTime;
  private int current;

  /**
   * @param steps how many there will be
   * @param nanoTime as {@link System#nanoTime}
   */
  Progress(PrintWriter out, int steps, LongSupplier nanoTime) {
    this.out = out;
    this.steps = steps;
    this.nanoTime = nanoTime;
  }

  /** Does one step; what it throws ends its line first. */
  <T> T step(String what, Supplier<T> work) {
    current++;
    out.printf(Locale.ROOT, "[%d/%d] %s ... ", current, steps, what);
    out.flush();
    long began = nanoTime.getAsLong();
    String end = "failed";
    try {
      T result = work.get();
      end = String.format(Locale.ROOT, "%.1f s", (nanoTime.getAsLong() - began) / NANOS_PER_SECOND);
      return result;
    } finally {
      out.println(end);
    }
  }

  /** A separate line, between two steps. */
  void note(String line) {
    out.println("      " + line);
  }
}
