package io.sparkwire.app;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A JVM of its own, with the modules open that Spark needs, and what it has printed. */
final class JavaProcess implements AutoCloseable {

  /** For a JVM that ends before code pays off which C2 compiles: it starts in less time. */
  static final String SHORT_LIVED = "-XX:TieredStopAtLevel=1";

  /** The Java that runs the tests. */
  static final String JAVA = Path.of(System.getProperty("java.home"), "bin", "java").toString();

  private static final Duration TIMEOUT = Duration.ofMinutes(2);

  private final Path output;
  private final Process process;

  private JavaProcess(Path output, Process process) {
    this.output = output;
    this.process = process;
  }

  /** Starts {@code java} with these arguments, and more variables of the environment. */
  static JavaProcess start(
      Machine machine, Path directory, List<String> arguments, Map<String, String> environment)
      throws IOException {
    Path output = Files.createTempFile(directory, "java", ".log");
    List<String> command = new ArrayList<>(machine.shell());
    command.addAll(List.of(JAVA, SHORT_LIVED));
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.startsWith("--add-opens"))
        .forEach(command::add);
    command.addAll(arguments);
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().putAll(environment);
    return new JavaProcess(output, builder.start());
  }

  ProcessHandle handle() {
    return process.toHandle();
  }

  boolean hasPrinted(String text) throws IOException {
    return said().contains(text);
  }

  String said() throws IOException {
    return Files.readString(output);
  }

  /** Waits until it has printed that. */
  void awaitLine(String text) {
    await("for: " + text).atMost(TIMEOUT).failFast(this::checkAlive).until(() -> hasPrinted(text));
  }

  private void checkAlive() throws IOException {
    if (!process.isAlive()) {
      throw new IllegalStateException("it has ended, and said: " + said());
    }
  }

  /** Ends it as the loss of its machine would. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** Ends its standard input, and waits for its end; gives its exit code. */
  int finish() throws IOException, InterruptedException {
    process.getOutputStream().close();
    return process.waitFor();
  }

  /** Sends SIGTERM, and waits for its end; gives its exit code. */
  int terminate() throws InterruptedException {
    process.destroy();
    return process.waitFor();
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
