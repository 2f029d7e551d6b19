package io.sparkwire.app;

import io.sparkwire.cluster.ClusterOptions;
import io.sparkwire.cluster.ClusterStatus;
import io.sparkwire.cluster.Node;
import io.sparkwire.cluster.NodeOptions;
import io.sparkwire.cluster.Role;
import io.sparkwire.console.ClusterView;
import io.sparkwire.message.NodeId;
import io.vertx.core.json.JsonObject;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * The command that shows the nodes of a cluster and what each does at the moment.
 *
 * <p>It joins for that, as a member without data, and leaves again. Runs on: its main thread.
 */
@Command(
    name = "status",
    description = "Shows the nodes of a cluster, their services and their load.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false)
final class StatusCommand implements Callable<Integer> {

  private static final int LONGEST_SECONDS = 3_600;

  @Option(names = "--json", description = "Show it as JSON.")
  private boolean json;

  @Option(
      names = "--watch",
      arity = "0..1",
      fallbackValue = "1",
      paramLabel = "SECONDS",
      description =
          "Show rates and latencies, too, and again every SECONDS (1 to 3600, 1 if left out), until"
              + " Ctrl-C.")
  private Integer watch;

  @Mixin private ClusterArguments cluster;
  @Mixin private ProgramArguments program;
  @Spec private CommandSpec spec;

  private final Console console;
  private final StopSignals signals;

  StatusCommand(Console console, StopSignals signals) {
    this.console = console;
    this.signals = signals;
  }

  @Override
  public Integer call() throws InterruptedException {
    Usage.checked(spec, this::checked);
    program.log().hide();
    Node observer =
        Node.clustered(
            NodeId.random(new SecureRandom()),
            new NodeOptions(1),
            cluster.options(),
            Role.OBSERVER);
    try {
      if (watch != null) {
        watch(observer);
        return spec.exitCodeOnSuccess();
      }
      JsonObject status = ClusterStatus.of(observer).await();
      requireNodes(status);
      console.out().print(json ? status.encodePrettily() + "\n" : StatusTable.of(status));
      console.out().flush();
    } finally {
      observer.stop().await();
    }
    return spec.exitCodeOnSuccess();
  }

  private ClusterOptions checked() {
    if (watch != null && (watch < 1 || watch > LONGEST_SECONDS)) {
      throw new IllegalArgumentException(
          "option 'watch' must be 1 to " + LONGEST_SECONDS + " seconds, got '" + watch + "'");
    }
    return cluster.options();
  }

  private void requireNodes(JsonObject status) {
    if (status.getJsonArray("nodes").isEmpty()) {
      throw new IllegalStateException(
          "no node of cluster '"
              + cluster.options().name()
              + "' was found; check --join and --cluster-name");
    }
  }

  private void watch(Node observer) throws InterruptedException {
    ClusterView view = new ClusterView(observer, InstantSource.system());
    requireNodes(view.poll().await());
    WatchedStatus text = new WatchedStatus(ZoneId.systemDefault());
    StatusWatch watching =
        new StatusWatch(
            console.out(),
            !json && isTerminal(),
            json ? frame -> frame.encode() + "\n" : text::text);
    signals.listen();
    signals.onSignal(watching::stop);
    watching.run(view, Duration.ofSeconds(watch));
  }

  @SuppressWarnings("SystemConsoleNull") // Java 17 and 21 have none where there is no terminal
  private static boolean isTerminal() {
    return System.console() != null;
  }
}
