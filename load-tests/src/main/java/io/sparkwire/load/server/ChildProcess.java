package io.sparkwire.load.server;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A process that was started here and does not outlive us.
 *
 * <p>Its output goes to a log file in its own directory. Ending it means this one process, by its
 * id, and no other. Thread-safe.
 */
public final class ChildProcess implements AutoCloseable {
  private static final int TAIL_LINES = 30;
  private static final Duration GRACE = Duration.ofSeconds(20);

  private final Process process;
  private final Path log;

  private ChildProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /** Starts a command in this directory, which is made if it is missing. */
  public static ChildProcess start(List<String> command, Path directory, String name)
      throws IOException {
    Files.createDirectories(directory);
    Path log = unused(directory, name);
    Process process =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectInput(new File("/dev/null"))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
    return new ChildProcess(process, log);
  }

  /** The log of a process that ran before stays what it is. */
  private static Path unused(Path directory, String name) {
    Path log = directory.resolve(name + ".log");
    for (int i = 2; Files.exists(log); i++) {
      log = directory.resolve(name + "-" + i + ".log");
    }
    return log;
  }

  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** The time that its threads have spent on a processor so far. */
  Duration cpuTime() {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  /** Waits for its end no longer than this; says whether it has ended. */
  boolean endsWithin(Duration limit) throws InterruptedException {
    return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
  }

  /**
   * Waits for its end.
   *
   * @return its exit code
   * @throws IOException if it still runs after this time; it is ended then
   */
  public int await(Duration limit) throws IOException, InterruptedException {
    if (!endsWithin(limit)) {
      close();
      throw new IOException("Still running after %s, ended. %s".formatted(limit, logTail()));
    }
    return process.exitValue();
  }

  public List<String> logLines() throws IOException {
    return Files.readString(log, StandardCharsets.UTF_8).lines().toList();
  }

  /** How it has ended, and with what last words, of which the very last come first. */
  String exitReport() throws IOException {
    List<String> lines = logLines();
    String last = lines.isEmpty() ? "nothing" : lines.get(lines.size() - 1);
    return "Ended with exit code %d, saying: %s. %s"
        .formatted(process.exitValue(), last, logTail());
  }

  /** The log's name and last lines, for a message. */
  public String logTail() throws IOException {
    List<String> lines = logLines();
    List<String> tail = lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size());
    return "End of " + log + ":\n" + String.join("\n", tail);
  }

  /** Ends it as the loss of its machine would: it cannot do anything about it. */
  void kill() {
    process.destroyForcibly().onExit().join();
  }

  /** Asks it to end, and makes it end when it does not. */
  @Override
  public void close() {
    process.destroy();
    try {
      if (!endsWithin(GRACE)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
