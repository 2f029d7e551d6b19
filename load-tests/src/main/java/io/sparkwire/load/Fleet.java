package io.sparkwire.load;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The servers of all contestants, running side by side.
 *
 * <p>They start one after the other and stay up for all rounds, because a start takes seconds and a
 * warm server is what is compared. Not thread-safe.
 */
final class Fleet implements AutoCloseable {
  private static final Duration PREPARATION_LIMIT = Duration.ofMinutes(10);
  private static final Duration START_LIMIT = Duration.ofMinutes(2);
  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(10);
  private static final long POLL_MILLIS = 200;

  private final Map<Contestant, ChildProcess> servers = new LinkedHashMap<>();
  private final String heap;
  private final Path directory;

  /**
   * @param heap of every server, as {@code -Xmx} takes it
   * @param directory in which each server gets its own
   */
  Fleet(String heap, Path directory) {
    this.heap = heap;
    this.directory = directory;
  }

  /**
   * Starts a server and waits until it gives a right answer.
   *
   * @throws IOException if it ends, or does not answer in time
   */
  void start(Contestant contestant) throws IOException, InterruptedException {
    Path home = directory.resolve(contestant.name());
    if (!contestant.preparation().isEmpty()) {
      prepare(contestant, home);
    }
    ChildProcess server =
        ChildProcess.start(JavaCommand.server(heap, contestant.serving()), home, "server");
    servers.put(contestant, server);
    awaitAnswer(contestant, server);
  }

  /** Every contestant that was started, in order. */
  List<Contestant> contestants() {
    return List.copyOf(servers.keySet());
  }

  long pid(Contestant contestant) {
    return servers.get(contestant).pid();
  }

  /** The processor time that all servers but this one have used so far. */
  Duration cpuTimeOfOthers(Contestant contestant) {
    return servers.entrySet().stream()
        .filter(entry -> !entry.getKey().equals(contestant))
        .map(entry -> entry.getValue().cpuTime())
        .reduce(Duration.ZERO, Duration::plus);
  }

  @Override
  public void close() {
    servers.values().forEach(ChildProcess::close);
  }

  private void prepare(Contestant contestant, Path home) throws IOException, InterruptedException {
    ChildProcess preparation =
        ChildProcess.start(JavaCommand.server(heap, contestant.preparation()), home, "preparation");
    int exitCode = preparation.await(PREPARATION_LIMIT);
    if (exitCode != 0) {
      throw new IOException(
          "%s: its preparation ended with exit code %d. %s"
              .formatted(contestant.name(), exitCode, preparation.logTail()));
    }
  }

  private static void awaitAnswer(Contestant contestant, ChildProcess server)
      throws IOException, InterruptedException {
    long end = System.nanoTime() + START_LIMIT.toNanos();
    String fault = faultOf(contestant);
    while (!fault.isEmpty()) {
      if (!server.isAlive()) {
        throw failure(contestant, "has ended", server);
      }
      if (System.nanoTime() - end > 0) {
        throw failure(contestant, "gave no right answer in time, at last: " + fault, server);
      }
      Thread.sleep(POLL_MILLIS);
      fault = faultOf(contestant);
    }
  }

  /** What is amiss with the answer to one request; empty if it is right. */
  private static String faultOf(Contestant contestant) {
    try {
      return new SequentialLatencyClient(contestant.target(), ANSWER_LIMIT)
          .run(0, 1, ANSWER_LIMIT)
          .firstFault();
    } catch (IOException e) {
      return e.toString();
    }
  }

  private static IOException failure(Contestant contestant, String what, ChildProcess server)
      throws IOException {
    return new IOException(
        "%s: its server %s. %s".formatted(contestant.name(), what, server.logTail()));
  }
}
