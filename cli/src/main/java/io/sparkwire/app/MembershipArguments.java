package io.sparkwire.app;

import io.sparkwire.cluster.NodeOptions;
import io.sparkwire.cluster.Role;
import io.sparkwire.history.HistoryMode;
import io.sparkwire.intake.IngressMode;
import io.sparkwire.intake.NodeDuties;
import io.sparkwire.node.ServingNode;
import io.sparkwire.spark.SparkwirePlugin;
import io.sparkwire.spark.node.LogAppender;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The arguments that make a serving program one worker of a cluster. */
final class MembershipArguments {

  static final String SETTING = "spark.sparkwire.";

  /** As many tries of a task as there may be lost executors and requests that make it fail. */
  private static final String MANY_FAILURES = Integer.toString(Integer.MAX_VALUE);

  @Option(
      names = "--cluster",
      description = "Join a cluster, or begin one; any of the options below does so too.")
  private boolean asked;

  @Mixin private ClusterArguments cluster;
  @Mixin private final OptionArguments node = new OptionArguments(NodeOptions.ALL);

  @Mixin
  private final OptionArguments modes =
      new OptionArguments(List.of(HistoryMode.OPTION, IngressMode.OPTION));

  private boolean isAsked() {
    return asked || !cluster.given().isEmpty();
  }

  /**
   * @throws IllegalArgumentException if one of them is out of its range
   */
  void check() {
    node();
    history();
    ingress();
    if (isAsked()) {
      cluster.options();
    }
  }

  /** Its threads, and how its listeners treat clients. */
  NodeOptions node() {
    return NodeOptions.forCores(Runtime.getRuntime().availableProcessors()).with(node.given());
  }

  private HistoryMode history() {
    return HistoryMode.OPTION.from(modes.options());
  }

  private IngressMode ingress() {
    return IngressMode.OPTION.from(modes.options());
  }

  /** What is going to be bound in this JVM. */
  List<ListenPoint> points() {
    return isAsked() ? cluster.points() : List.of();
  }

  /** The same for the nodes of a Spark cluster, as settings of Spark. */
  Map<String, String> settings() {
    Map<String, String> settings = new HashMap<>();
    cluster.given().forEach((name, value) -> settings.put(SETTING + name, value));
    node.given().forEach((name, value) -> settings.put(SETTING + name, value));
    settings.put(SETTING + HistoryMode.OPTION.name(), history().name());
    settings.put(SETTING + IngressMode.OPTION.name(), ingress().name());
    settings.put("spark.plugins", SparkwirePlugin.class.getName());
    settings.put("spark.task.maxFailures", MANY_FAILURES);
    return settings;
  }

  /** How many steps {@link #join} will show. */
  int steps() {
    return isAsked() ? 1 : 0;
  }

  /** Makes this JVM a worker of the cluster if asked to, otherwise a node by itself. */
  void join(Progress progress) {
    NodeOptions options = node();
    if (isAsked()) {
      ServingNode.start(cluster.join(Role.WORKER, options, progress), history(), NodeDuties.WHOLE);
    } else {
      ServingNode.alone(options);
    }
    ServingNode.current().observers().feed().show(LogAppender.attach());
  }

  /** Leaves the cluster, once nothing is served any more. */
  void leave() {
    if (isAsked()) {
      ServingNode.current().leave();
    }
  }
}
