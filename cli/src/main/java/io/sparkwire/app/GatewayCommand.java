package io.sparkwire.app;

import io.sparkwire.admin.AdminServer;
import io.sparkwire.cluster.Node;
import io.sparkwire.cluster.NodeOptions;
import io.sparkwire.cluster.Role;
import io.sparkwire.http.Gateway;
import io.sparkwire.message.ListenAddress;
import io.sparkwire.options.Options;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * The command that takes requests for all services of a cluster, and computes none. It needs no
 * Spark.
 *
 * <p>Runs on: its main thread.
 */
@Command(
    name = "gateway",
    description = "Takes requests for all services of a cluster, and has its workers answer them.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false)
final class GatewayCommand implements Callable<Integer> {

  private static final int LAST_PORT = 65_535;

  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      defaultValue = ListenAddress.DEFAULT_HOST,
      description = "Interface to listen on; 0.0.0.0 for all (default: ${DEFAULT-VALUE}).")
  private String host;

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "" + ListenAddress.DEFAULT_PORT,
      description = "Port to listen on; 0 for any free one (default: ${DEFAULT-VALUE}).")
  private int port;

  @Mixin private ClusterArguments cluster;
  @Mixin private LimitArguments limits;
  @Mixin private AdminArguments admin;
  @Mixin private DrainArguments drain;
  @Mixin private ProgramArguments program;
  @Spec private CommandSpec spec;

  private final Console console;
  private final StopSignals signals;
  private final CountDownLatch stopped = new CountDownLatch(1);

  GatewayCommand(Console console, StopSignals signals) {
    this.console = console;
    this.signals = signals;
  }

  @Override
  public Integer call() throws InterruptedException {
    Duration drainTimeout = Usage.checked(spec, this::checked);
    FreePort.check(new ListenPoint("port", host, port));
    signals.listen();
    Progress progress = new Progress(console.out(), 2, System::nanoTime);
    NodeOptions options =
        NodeOptions.forGateway(Runtime.getRuntime().availableProcessors())
            .withLimits(limits.limits());
    Node node = cluster.join(Role.GATEWAY, options, progress);
    Gateway gateway = progress.step("listening", () -> Gateway.start(node, host, port));
    admin.options().ifPresent(asked -> AdminServer.start(node, asked, gateway::isReady));
    signals.onSignal(() -> stop(gateway, drainTimeout));
    program.log().show();
    console.out().println();
    console
        .out()
        .println(
            "Serving at http://"
                + host
                + ":"
                + gateway.port()
                + " what cluster '"
                + cluster.options().name()
                + "' computes (Ctrl-C stops it).");
    stopped.await();
    console.out().println("Stopped.");
    return spec.exitCodeOnSuccess();
  }

  private Duration checked() {
    limits.limits();
    Options.require(port >= 0 && port <= LAST_PORT, "port", "0 to " + LAST_PORT, port);
    admin.check();
    ListenPoint.checkDistinct(
        Stream.of(List.of(new ListenPoint("port", host, port)), admin.points(), cluster.points())
            .flatMap(List::stream)
            .toList());
    return drain.timeout();
  }

  private void stop(Gateway gateway, Duration timeout) {
    console.out().println("Stopping: requests in flight have " + timeout.toSeconds() + " s.");
    program.log().hide();
    gateway.stop(timeout);
    stopped.countDown();
  }
}
