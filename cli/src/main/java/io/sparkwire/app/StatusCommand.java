package io.sparkwire.app;

import io.sparkwire.cluster.ClusterStatus;
import io.sparkwire.cluster.Node;
import io.sparkwire.cluster.NodeOptions;
import io.sparkwire.cluster.Role;
import io.sparkwire.message.NodeId;
import io.vertx.core.json.JsonObject;
import java.security.SecureRandom;
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

  @Option(names = "--json", description = "Show it as JSON.")
  private boolean json;

  @Mixin private ClusterArguments cluster;
  @Mixin private ProgramArguments program;
  @Spec private CommandSpec spec;

  private final Console console;

  StatusCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    Usage.checked(spec, cluster::options);
    program.log().hide();
    Node observer =
        Node.clustered(
            NodeId.random(new SecureRandom()),
            new NodeOptions(1),
            cluster.options(),
            Role.OBSERVER);
    try {
      JsonObject status = ClusterStatus.of(observer).await();
      if (status.getJsonArray("nodes").isEmpty()) {
        throw new IllegalStateException(
            "no node of cluster '"
                + cluster.options().name()
                + "' was found; check --join and --cluster-name");
      }
      console.out().print(json ? status.encodePrettily() + "\n" : StatusTable.of(status));
      console.out().flush();
    } finally {
      observer.stop().await();
    }
    return spec.exitCodeOnSuccess();
  }
}
