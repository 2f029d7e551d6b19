package io.sparkwire.app;

import io.sparkwire.cluster.NodeOptions;
import io.sparkwire.cluster.Role;
import io.sparkwire.history.HistoryMode;
import io.sparkwire.intake.ServingNode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The arguments that make a serving program one worker of a cluster. */
final class MembershipArguments {

  @Option(
      names = "--cluster",
      description = "Join a cluster, or begin one; any of the options below does so too.")
  private boolean asked;

  @Mixin private ClusterArguments cluster;

  @Option(
      names = "--history",
      paramLabel = "local|async|sync",
      defaultValue = "async",
      description =
          "Whether other nodes know what a reader has pulled and not finished: not at all, a few"
              + " milliseconds later, or before it is computed (default: ${DEFAULT-VALUE}).")
  private HistoryMode history;

  private boolean isAsked() {
    return asked || cluster.given();
  }

  /**
   * @throws IllegalArgumentException if one of them is out of its range
   */
  void check() {
    if (isAsked()) {
      cluster.options();
    }
  }

  /** How many steps {@link #join} will show. */
  int steps() {
    return isAsked() ? 1 : 0;
  }

  /** Makes this JVM a worker of the cluster, if that was asked for. */
  void join(Progress progress) {
    if (isAsked()) {
      NodeOptions options = NodeOptions.forCores(Runtime.getRuntime().availableProcessors());
      ServingNode.start(cluster.join(Role.WORKER, options, progress), history);
    }
  }

  /** Leaves the cluster, once nothing is served any more. */
  void leave() {
    if (isAsked()) {
      ServingNode.current().leave();
    }
  }
}
