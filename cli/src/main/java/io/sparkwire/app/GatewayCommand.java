package io.sparkwire.app;

import io.sparkwire.admin.AdminRoute;
import io.sparkwire.admin.AdminServer;
import io.sparkwire.admin.LogLevelRoutes;
import io.sparkwire.cluster.Node;
import io.sparkwire.cluster.NodeOptions;
import io.sparkwire.cluster.Role;
import io.sparkwire.console.OperatorRoutes;
import io.sparkwire.http.Gateway;
import io.sparkwire.logging.Log4jLevels;
import io.sparkwire.message.ListenAddress;
import io.sparkwire.spark.node.LogAppender;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
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

  @Mixin
  private final OptionArguments address =
      new OptionArguments(List.of(ListenAddress.HOST, ListenAddress.PORT));

  @Mixin private ClusterArguments cluster;
  @Mixin private final OptionArguments node = new OptionArguments(NodeOptions.ALL);
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
    ListenPoint point = point();
    FreePort.check(point);
    program.log().begin();
    NodeOptions options = node();
    options.checkFiles();
    signals.listen();
    Progress progress = new Progress(console.out(), 2, System::nanoTime);
    Node joined = cluster.join(Role.GATEWAY, options, progress);
    Gateway gateway =
        progress.step("listening", () -> Gateway.start(joined, point.host(), point.port()));
    gateway.observers().feed().show(LogAppender.attach());
    admin
        .options()
        .ifPresent(
            asked -> AdminServer.start(joined, asked, gateway::isReady, routes(joined, gateway)));
    signals.onSignal(() -> stop(gateway, drainTimeout));
    program.log().show();
    announce(point, gateway);
    stopped.await();
    console.out().println("Stopped.");
    return spec.exitCodeOnSuccess();
  }

  private static List<AdminRoute> routes(Node node, Gateway gateway) {
    return OperatorRoutes.of(
        node, gateway.observers(), gateway.requests(), LogLevelRoutes.of(new Log4jLevels()));
  }

  private void announce(ListenPoint point, Gateway gateway) {
    console.out().println();
    console
        .out()
        .println(
            "Serving at "
                + node().scheme()
                + "://"
                + point.host()
                + ":"
                + gateway.port()
                + " what cluster '"
                + cluster.options().name()
                + "' computes (Ctrl-C stops it).");
  }

  private Duration checked() {
    admin.check(node());
    ListenPoint.checkDistinct(
        Stream.of(List.of(point()), admin.points(), cluster.points())
            .flatMap(List::stream)
            .toList());
    return drain.timeout();
  }

  private NodeOptions node() {
    return NodeOptions.forGateway(Runtime.getRuntime().availableProcessors()).with(node.given());
  }

  private ListenPoint point() {
    return ListenPoint.of(address.options());
  }

  private void stop(Gateway gateway, Duration timeout) {
    console.out().println("Stopping: requests in flight have " + timeout.toSeconds() + " s.");
    program.log().hide();
    gateway.stop(timeout);
    stopped.countDown();
  }
}
