package io.sparkwire.spark.fuzz;

import java.time.Duration;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** Sends inputs of consecutive seeds from a few threads, and notes what was not right. */
final class InputRun {

  private static final int CLIENTS = 6;
  private static final int MOST_FAILURES = 20;
  private static final int PROGRESS = 50_000;

  /** Neighbouring seeds would begin with nearly the same random numbers. */
  private static final long SPREAD = 0x9E3779B97F4A7C15L;

  private final FuzzedServices services;
  private final long first;
  private final int inputs;
  private final AtomicInteger next = new AtomicInteger();
  private final Collection<String> failures = new ConcurrentLinkedQueue<>();
  private final Map<InputKind, int[]> counts = new EnumMap<>(InputKind.class);
  private final Map<InputKind, Duration> longest = new EnumMap<>(InputKind.class);

  /**
   * @param first the seed of the first one
   */
  InputRun(FuzzedServices services, long first, int inputs) {
    this.services = services;
    this.first = first;
    this.inputs = inputs;
  }

  /** Sends all of them, unless too many fail. */
  void toEnd() throws InterruptedException {
    List<Thread> clients =
        Stream.generate(() -> new Thread(this::askOnAndOn, "hostile")).limit(CLIENTS).toList();
    clients.forEach(Thread::start);
    for (Thread client : clients) {
      client.join();
    }
  }

  private void askOnAndOn() {
    try (Wire wire = new Wire(services)) {
      for (int i = next.getAndIncrement(); i < inputs; i = next.getAndIncrement()) {
        ask(wire, first + i);
        if (failures.size() >= MOST_FAILURES) {
          return;
        }
        if (i % PROGRESS == PROGRESS - 1) {
          System.out.println(i + 1 + " inputs, failures " + failures.size());
        }
      }
    } catch (Exception e) {
      failures.add("a client ended: " + e);
    }
  }

  private void ask(Wire wire, long seed) {
    Random random = new Random(seed * SPREAD);
    InputKind kind = InputKind.chosen(random);
    HostileInput input = kind.of(random);
    long began = System.nanoTime();
    try {
      input.check(wire);
    } catch (Exception | AssertionError e) {
      String failure = "seed %d, %s: %.1500s%n%s".formatted(seed, kind, e, input.shown());
      System.out.println(failure);
      failures.add(failure);
    }
    note(kind, Duration.ofNanos(System.nanoTime() - began));
  }

  private synchronized void note(InputKind kind, Duration took) {
    counts.computeIfAbsent(kind, none -> new int[1])[0]++;
    longest.merge(kind, took, (a, b) -> a.compareTo(b) > 0 ? a : b);
  }

  Collection<String> failures() {
    return failures;
  }

  /** How long the slowest input took to its end. */
  Duration longest() {
    return longest.values().stream().max(Duration::compareTo).orElseThrow();
  }

  @Override
  public synchronized String toString() {
    StringBuilder text = new StringBuilder();
    counts.forEach(
        (kind, count) ->
            text.append(
                "%s: %d inputs, the longest took %d ms%n"
                    .formatted(kind, count[0], longest.get(kind).toMillis())));
    return text.toString();
  }
}
