package io.sparkwire.tracing;

import io.opentelemetry.sdk.trace.IdGenerator;

/**
 * Gives the next span that the calling thread starts the ids that were chosen for it, and any other
 * span random ones. Thread-safe.
 */
final class ChosenIds implements IdGenerator {

  private final IdGenerator random = IdGenerator.random();

  @SuppressWarnings("ThreadLocalUsage") // a node has one of these
  private final ThreadLocal<Chosen> next = new ThreadLocal<>();

  private record Chosen(String trace, String span) {}

  /** The next span gets these ids; that of its trace only if it has no parent. */
  void choose(String trace, String span) {
    next.set(new Chosen(trace, span));
  }

  /** No span is started with the chosen ids any more. */
  void clear() {
    next.remove();
  }

  @Override
  public String generateSpanId() {
    Chosen chosen = next.get();
    return chosen == null ? random.generateSpanId() : chosen.span();
  }

  @Override
  public String generateTraceId() {
    Chosen chosen = next.get();
    return chosen == null ? random.generateTraceId() : chosen.trace();
  }
}
