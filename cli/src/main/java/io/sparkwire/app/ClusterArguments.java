package io.sparkwire.app;

import io.sparkwire.cluster.ClusterOptions;
import io.sparkwire.cluster.Node;
import io.sparkwire.cluster.NodeOptions;
import io.sparkwire.cluster.Role;
import io.sparkwire.message.NodeId;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Mixin;

/** The arguments that say which cluster a node joins, and how it is found there. */
final class ClusterArguments {

  @Mixin private final OptionArguments arguments = new OptionArguments(ClusterOptions.ALL);

  /**
   * @throws IllegalArgumentException if one of them is out of its range
   */
  ClusterOptions options() {
    return ClusterOptions.of(given());
  }

  /** What is going to be bound. */
  List<ListenPoint> points() {
    ClusterOptions options = options();
    int bus = options.port() + ClusterOptions.BUS_PORT_OFFSET;
    return List.of(
        new ListenPoint(ClusterOptions.CLUSTER_PORT.name(), options.host(), options.port()),
        new ListenPoint("cluster-port plus 100", options.host(), bus));
  }

  /** Those that were given. */
  Map<String, String> given() {
    return arguments.given();
  }

  /** Joins the cluster as a step of a command's start. */
  Node join(Role role, NodeOptions node, Progress progress) {
    ClusterOptions options = options();
    return progress.step(
        "joining cluster '" + options.name() + "'",
        () -> Node.clustered(NodeId.random(new SecureRandom()), node, options, role));
  }
}
