package io.sparkwire.load;

import io.sparkwire.load.server.ChildProcess;
import io.sparkwire.load.server.Contestants;
import io.sparkwire.load.server.FreePort;
import io.sparkwire.load.server.JavaCommand;
import io.sparkwire.load.server.TokenIssuer;
import io.sparkwire.load.server.WorkDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * What it costs that a service knows its clients: an echo that serves all, one that asks for an API
 * key, and one that asks for a JSON Web Token, in alternation.
 *
 * <p>Ends with exit code 1 when any request did not get its right reply.
 */
@Command(
    name = "auth",
    description = "Measures the cost of API keys and tokens.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class AuthBenchmark implements Callable<Integer> {
  private static final String OPEN = "echo";
  private static final String KEY = "echo-key";
  private static final String TOKEN = "echo-jwt";
  private static final Duration LIMIT = Duration.ofMinutes(1);

  @Mixin private BenchmarkOptions options;

  private final Path directory = WorkDirectory.of("auth");

  public static void main(String[] args) {
    System.exit(new CommandLine(new AuthBenchmark()).execute(args));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Contestants all =
        new Contestants(options.servers.jar(), directory.resolve("models"), FreePort::any);
    TokenIssuer issuer = TokenIssuer.make(directory);
    Path clients = directory.resolve("clients.json");
    String key = key(clients);
    BenchmarkReport report =
        new Comparison(options, directory)
            .of(
                List.of(
                    all.echo(OPEN, List.of()),
                    all.echo(KEY, List.of("--auth-file", clients.toString()))
                        .with("X-API-Key: " + key),
                    all.echo(TOKEN, issuer.arguments())
                        .with("Authorization: Bearer " + issuer.token())));
    System.out.println();
    System.out.print(report.markdown(options.summary()));
    System.out.println();
    System.out.println(report.comparison("API key : none", KEY, OPEN));
    System.out.println(report.comparison("token : none", TOKEN, OPEN));
    return report.isSound() ? 0 : 1;
  }

  /** Has the jar make a key, which is its last line. */
  private String key(Path clients) throws IOException, InterruptedException {
    Path jar = options.servers.jar().toAbsolutePath();
    List<String> command =
        JavaCommand.program(
            "256m",
            List.of(
                "-jar",
                jar.toString(),
                "key",
                "--auth-file",
                clients.toString(),
                "--principal",
                "load"));
    try (ChildProcess program = ChildProcess.start(command, directory, "key")) {
      if (program.await(LIMIT) != 0) {
        throw new IOException("No key. " + program.logTail());
      }
      List<String> lines = program.logLines();
      return lines.get(lines.size() - 1);
    }
  }
}
