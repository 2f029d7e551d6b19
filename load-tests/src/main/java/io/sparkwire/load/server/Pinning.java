package io.sparkwire.load.server;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where server and client run while latency is measured: each on one core, by {@code taskset}.
 *
 * <p>Sequential latency has two levels, depending on whether the two share a core; left to the
 * scheduler, one contestant gets the one and another the other. Thread-safe.
 */
public final class Pinning {
  private static final String TASKSET = "taskset";
  private static final int MOST_TRIES = 5;

  private final boolean on;
  private final int serverCore;
  private final int clientCore;

  private Pinning(boolean on, int serverCore, int clientCore) {
    this.on = on;
    this.serverCore = serverCore;
    this.clientCore = clientCore;
  }

  public static Pinning off() {
    return new Pinning(false, 0, 0);
  }

  public static Pinning to(int serverCore, int clientCore) {
    return new Pinning(true, serverCore, clientCore);
  }

  /** Whether this machine has {@code taskset} and more than one core. */
  public static boolean isPossible() {
    return Runtime.getRuntime().availableProcessors() > 1
        && Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, TASKSET)));
  }

  /** The prefix of a client's command. */
  public List<String> clientPrefix() {
    return on ? List.of(TASKSET, "-c", "" + clientCore) : List.of();
  }

  /** Moves all threads of a running server to its core. */
  public void pin(long pid) throws IOException, InterruptedException {
    if (on) {
      move(pid, "" + serverCore);
    }
  }

  /** Lets all threads of a server run where this process may. */
  public void release(long pid) throws IOException, InterruptedException {
    if (on) {
      move(pid, coresOf("self"));
    }
  }

  /** The cores on which a process may run, as the kernel lists them, for instance {@code 0-1}. */
  static String coresOf(String pid) throws IOException {
    return Files.readAllLines(Path.of("/proc", pid, "status")).stream()
        .filter(line -> line.startsWith("Cpus_allowed_list:"))
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .findFirst()
        .orElseThrow(() -> new IOException("/proc/" + pid + "/status names no cores"));
  }

  @Override
  public String toString() {
    return on ? "server on core %d, client on core %d".formatted(serverCore, clientCore) : "off";
  }

  /** A thread may end while {@code taskset} goes through them, which then gives up. */
  private static void move(long pid, String cores) throws IOException, InterruptedException {
    for (int tries = 1; !moves(pid, cores); tries++) {
      if (tries == MOST_TRIES) {
        throw new IOException(
            "Cannot move process %d to core %s; try --no-pin".formatted(pid, cores));
      }
    }
  }

  private static boolean moves(long pid, String cores) throws IOException, InterruptedException {
    Process taskset =
        new ProcessBuilder(TASKSET, "--all-tasks", "--cpu-list", "--pid", cores, "" + pid)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    return taskset.waitFor() == 0;
  }
}
