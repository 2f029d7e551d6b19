package io.sparkwire.spark.node;

import io.sparkwire.admin.AdminOptions;
import io.sparkwire.cluster.ClusterOptions;
import io.sparkwire.cluster.NodeOptions;
import io.sparkwire.history.HistoryMode;
import io.sparkwire.intake.IngressMode;
import io.sparkwire.options.ConfigOption;
import io.sparkwire.options.Options;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;

/**
 * The options of the nodes of an application whose tasks run in executors, from the settings {@code
 * spark.sparkwire.…}. Immutable.
 *
 * @param cluster how the driver's node finds others, and where they find it
 * @param history how far the history of the readers reaches
 * @param ingress which nodes take requests over HTTP
 * @param admin the address of the admin server of each of them
 * @param listeners those of clients and TLS that are given, by their keys: each process has
 *     defaults and files of its own
 */
record SparkNodeOptions(
    ClusterOptions cluster,
    HistoryMode history,
    IngressMode ingress,
    Optional<AdminOptions> admin,
    Map<String, String> listeners) {

  static final String PREFIX = "spark.sparkwire.";

  private static final List<ConfigOption<?>> ALL =
      Stream.of(
              ClusterOptions.ALL,
              List.of(HistoryMode.OPTION, IngressMode.OPTION),
              AdminOptions.ALL,
              NodeOptions.ALL)
          .<ConfigOption<?>>flatMap(List::stream)
          .toList();

  /**
   * @throws IllegalArgumentException if a setting is unknown or its value out of range
   */
  static SparkNodeOptions of(SparkConf conf) {
    Map<String, String> values = new HashMap<>();
    for (scala.Tuple2<String, String> setting : conf.getAllWithPrefix(PREFIX)) {
      values.put(setting._1(), setting._2());
    }
    Options options = new Options(values, ALL);
    Map<String, String> listeners = options.only(NodeOptions.ALL);
    Optional<AdminOptions> admin = AdminOptions.of(options.only(AdminOptions.ALL));
    NodeOptions node = new NodeOptions(1).with(listeners);
    admin.ifPresent(asked -> asked.checkSuits(node));
    Map<String, String> cluster = options.only(ClusterOptions.ALL);
    cluster.putIfAbsent(ClusterOptions.CLUSTER_HOST.name(), conf.get("spark.driver.host"));
    return new SparkNodeOptions(
        ClusterOptions.of(cluster),
        setting(HistoryMode.OPTION, options),
        setting(IngressMode.OPTION, options),
        admin,
        listeners);
  }

  private static <T> T setting(ConfigOption<T> option, Options options) {
    return options
        .text(option)
        .map(option.named(PREFIX + option.name())::read)
        .orElseGet(option::defaultValue);
  }

  /** Thread settings of a node on the machine on which this is called. */
  NodeOptions node() {
    return withCores(listeners);
  }

  private static NodeOptions withCores(Map<String, String> listeners) {
    return NodeOptions.forCores(Runtime.getRuntime().availableProcessors()).with(listeners);
  }

  /** The same for a node of which nothing else is an option, because all tasks run beside it. */
  static NodeOptions local(SparkConf conf) {
    Map<String, String> listeners = new HashMap<>();
    for (ConfigOption<?> option : NodeOptions.ALL) {
      String setting = PREFIX + option.name();
      if (conf.contains(setting)) {
        listeners.put(option.name(), conf.get(setting));
      }
    }
    return withCores(listeners);
  }
}
