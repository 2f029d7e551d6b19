package io.sparkwire.load;

import io.sparkwire.load.client.RunReport;
import io.sparkwire.load.client.Target;
import io.sparkwire.load.server.ChildProcess;
import io.sparkwire.load.server.JavaCommand;
import io.sparkwire.load.server.Pinning;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A runner of clients in processes of their own, so that each is in the same state.
 *
 * <p>Not thread-safe.
 */
final class ClientProcess {
  private static final Duration RUN_LIMIT = Duration.ofMinutes(5);

  private final Pinning pinning;
  private final Path directory;

  /**
   * @param directory for logs
   */
  ClientProcess(Pinning pinning, Path directory) {
    this.pinning = pinning;
    this.directory = directory;
  }

  /**
   * Runs a client wherever the scheduler has it.
   *
   * @param arguments those of {@link ClientCommand}, but for where and what it asks
   */
  RunReport run(Target target, List<String> arguments) throws IOException, InterruptedException {
    return report(command(target, arguments));
  }

  /** Runs a client on its core while the server is on its own. */
  RunReport pinned(long server, Target target, List<String> arguments)
      throws IOException, InterruptedException {
    pinning.pin(server);
    try {
      return report(JavaCommand.join(pinning.clientPrefix(), command(target, arguments)));
    } finally {
      if (ProcessHandle.of(server).isPresent()) {
        pinning.release(server);
      }
    }
  }

  private static List<String> command(Target target, List<String> arguments) {
    return JavaCommand.client(ClientCommand.class, JavaCommand.join(arguments, target.arguments()));
  }

  private RunReport report(List<String> command) throws IOException, InterruptedException {
    ChildProcess client = ChildProcess.start(command, directory, "client");
    client.await(RUN_LIMIT);
    Optional<String> line =
        client.logLines().stream()
            .filter(each -> each.startsWith(ClientCommand.REPORT))
            .findFirst();
    if (line.isEmpty()) {
      throw new IOException("A client ended without a report. " + client.logTail());
    }
    return RunReport.parse(line.get());
  }
}
