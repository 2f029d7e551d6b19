package io.sparkwire.app;

import io.sparkwire.cluster.ClusterOptions;
import io.sparkwire.cluster.Node;
import io.sparkwire.cluster.NodeOptions;
import io.sparkwire.cluster.Role;
import io.sparkwire.message.NodeId;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** The arguments that say which cluster a node joins, and how it is found there. */
final class ClusterArguments {

  @Option(
      names = "--" + ClusterOptions.CLUSTER_NAME,
      paramLabel = "NAME",
      description =
          "Name of the cluster; others are not let in (default: "
              + ClusterOptions.DEFAULT_NAME
              + ").")
  private String name;

  @Option(
      names = "--" + ClusterOptions.CLUSTER_HOST,
      paramLabel = "ADDRESS",
      description =
          "The one interface on which other nodes reach this one (default: "
              + ClusterOptions.DEFAULT_HOST
              + ").")
  private String host;

  @Option(
      names = "--" + ClusterOptions.CLUSTER_PORT,
      paramLabel = "N",
      description =
          "Port for other nodes, or the next free one after it (default: "
              + ClusterOptions.DEFAULT_PORT
              + ").")
  private String port;

  @Option(
      names = "--" + ClusterOptions.JOIN,
      paramLabel = "HOST:PORT[,HOST:PORT]",
      description = "Other nodes of the cluster; some of them may not be there yet.")
  private String join;

  @Option(
      names = "--" + ClusterOptions.KUBERNETES_SERVICE,
      paramLabel = "DNS-NAME",
      description = "Headless Kubernetes service that lists the nodes, instead of --join.")
  private String kubernetesService;

  /** Whether any of them was given. */
  boolean given() {
    return !values().isEmpty();
  }

  /**
   * @throws IllegalArgumentException if one of them is out of its range
   */
  ClusterOptions options() {
    return ClusterOptions.of(values());
  }

  /** What is going to be bound. */
  List<ListenPoint> points() {
    ClusterOptions options = options();
    int bus = options.port() + ClusterOptions.BUS_PORT_OFFSET;
    return List.of(
        new ListenPoint(ClusterOptions.CLUSTER_PORT, options.host(), options.port()),
        new ListenPoint("cluster-port plus 100", options.host(), bus));
  }

  /** Those that were given. */
  Map<String, String> values() {
    Map<String, String> values = new HashMap<>();
    values.put(ClusterOptions.CLUSTER_NAME, name);
    values.put(ClusterOptions.CLUSTER_HOST, host);
    values.put(ClusterOptions.CLUSTER_PORT, port);
    values.put(ClusterOptions.JOIN, join);
    values.put(ClusterOptions.KUBERNETES_SERVICE, kubernetesService);
    values.values().removeIf(value -> value == null);
    return values;
  }

  /** Joins the cluster as a step of a command's start. */
  Node join(Role role, NodeOptions node, Progress progress) {
    ClusterOptions options = options();
    return progress.step(
        "joining cluster '" + options.name() + "'",
        () -> Node.clustered(NodeId.random(new SecureRandom()), node, options, role));
  }
}
