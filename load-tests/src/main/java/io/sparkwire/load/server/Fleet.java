package io.sparkwire.load.server;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The servers of all contestants, running side by side.
 *
 * <p>They start one after the other and stay up for all rounds, because a start takes seconds and a
 * warm server is what is compared. Not thread-safe.
 */
public final class Fleet implements AutoCloseable {
  private static final Duration PREPARATION_LIMIT = Duration.ofMinutes(10);
  private static final Duration POLL = Duration.ofMillis(200);

  private final Map<Contestant, ChildProcess> servers = new LinkedHashMap<>();
  private final Set<List<String>> prepared = new HashSet<>();
  private final String heap;
  private final Path directory;

  /**
   * @param heap of every server, as {@code -Xmx} takes it
   * @param directory in which each server gets its own
   */
  public Fleet(String heap, Path directory) {
    this.heap = heap;
    this.directory = directory;
  }

  /**
   * Starts a server, once all is done that it needs done before, and waits until it gives a right
   * answer.
   *
   * @throws IOException if it ends, or does not answer in time
   */
  public void start(Contestant contestant) throws IOException, InterruptedException {
    for (List<String> preparation : contestant.launch().preparations()) {
      if (prepared.add(preparation)) {
        prepare(contestant, preparation);
      }
    }
    launch(contestant);
    FirstAnswer.await(contestant, servers.get(contestant), POLL);
  }

  /** Starts a server, in place of the one before, without waiting for it. */
  public void launch(Contestant contestant) throws IOException {
    ChildProcess server =
        ChildProcess.start(contestant.launch().command(heap), home(contestant), "server");
    servers.put(contestant, server);
  }

  /** Starts a server again if it has ended. */
  public void revive(Contestant contestant) throws IOException, InterruptedException {
    if (!isAlive(contestant)) {
      start(contestant);
    }
  }

  /** Asks a server to end, and waits until it has. */
  public void end(Contestant contestant) {
    servers.remove(contestant).close();
  }

  /** Ends a server with {@code kill -9}. */
  public void kill(Contestant contestant) {
    servers.get(contestant).kill();
  }

  private boolean isAlive(Contestant contestant) {
    return servers.containsKey(contestant) && servers.get(contestant).isAlive();
  }

  /** What a server left behind that ends within this time; empty if it runs on, or never ran. */
  public String exitReport(Contestant contestant, Duration limit)
      throws IOException, InterruptedException {
    ChildProcess server = servers.get(contestant);
    return server != null && server.endsWithin(limit) ? server.exitReport() : "";
  }

  /** Every contestant that was started, in order. */
  public List<Contestant> contestants() {
    return List.copyOf(servers.keySet());
  }

  public long pid(Contestant contestant) {
    return servers.get(contestant).pid();
  }

  /** The processor time that a server has used so far. */
  Duration cpuTime(Contestant contestant) {
    return servers.get(contestant).cpuTime();
  }

  /** The processor time that all servers but this one have used so far. */
  public Duration cpuTimeOfOthers(Contestant contestant) {
    return servers.entrySet().stream()
        .filter(entry -> !entry.getKey().equals(contestant))
        .map(entry -> entry.getValue().cpuTime())
        .reduce(Duration.ZERO, Duration::plus);
  }

  @Override
  public void close() {
    servers.values().forEach(ChildProcess::close);
  }

  private Path home(Contestant contestant) {
    return directory.resolve(contestant.name());
  }

  private void prepare(Contestant contestant, List<String> arguments)
      throws IOException, InterruptedException {
    ChildProcess preparation =
        ChildProcess.start(JavaCommand.server(heap, arguments), home(contestant), "preparation");
    int exitCode = preparation.await(PREPARATION_LIMIT);
    if (exitCode != 0) {
      throw new IOException(
          "%s: its preparation ended with exit code %d. %s"
              .formatted(contestant.name(), exitCode, preparation.logTail()));
    }
  }
}
