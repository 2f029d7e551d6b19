package io.sparkwire.load;

import io.sparkwire.load.server.ClusterServices;
import io.sparkwire.load.server.Contestant;
import io.sparkwire.load.server.FreePort;
import io.sparkwire.load.server.WorkDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * What it costs that the nodes of a cluster have a secret: a gateway before the worker of a cluster
 * with a secret, and one before that of a cluster without, in alternation; and both workers, which
 * compute what they are asked themselves.
 *
 * <p>Ends with exit code 1 when any request did not get its right reply.
 */
@Command(
    name = "secret",
    description = "Measures the cost of a cluster secret.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class SecretBenchmark implements Callable<Integer> {
  private static final String WORKER = "worker";
  private static final String GATEWAY = "gateway";
  private static final String SECRET_WORKER = "secret-worker";
  private static final String SECRET_GATEWAY = "secret-gateway";
  private static final String HISTORY = "async";

  @Mixin private BenchmarkOptions options;

  public static void main(String[] args) {
    System.exit(new CommandLine(new SecretBenchmark()).execute(args));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Path directory = WorkDirectory.of("secret");
    Files.createDirectories(directory);
    Path secret = Files.writeString(directory.resolve("secret"), "a secret of this benchmark");
    ClusterServices open = new ClusterServices(options.servers.jar(), FreePort::any);
    ClusterServices closed =
        new ClusterServices(
            options.servers.jar(),
            FreePort::any,
            List.of("--cluster-secret-file", secret.toString()));
    List<Contestant> contestants =
        List.of(
            open.worker(WORKER, HISTORY),
            closed.worker(SECRET_WORKER, HISTORY),
            open.gateway(GATEWAY, WORKER),
            closed.gateway(SECRET_GATEWAY, SECRET_WORKER));
    BenchmarkReport report = new Comparison(options, directory).of(contestants);
    System.out.println();
    System.out.print(report.markdown(options.summary()));
    System.out.println();
    System.out.println(report.comparison("gateway, secret : none", SECRET_GATEWAY, GATEWAY));
    System.out.println(report.comparison("worker, secret : none", SECRET_WORKER, WORKER));
    return report.isSound() ? 0 : 1;
  }
}
