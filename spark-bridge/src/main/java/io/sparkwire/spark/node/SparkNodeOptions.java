package io.sparkwire.spark.node;

import io.sparkwire.admin.AdminOptions;
import io.sparkwire.cluster.ClusterOptions;
import io.sparkwire.cluster.NodeLimits;
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
 * @param limits those that are given, by their keys: each process has defaults of its own
 */
record SparkNodeOptions(
    ClusterOptions cluster,
    HistoryMode history,
    IngressMode ingress,
    Optional<AdminOptions> admin,
    Map<String, String> limits) {

  static final String PREFIX = "spark.sparkwire.";

  private static final List<ConfigOption<?>> ALL =
      Stream.of(
              ClusterOptions.ALL,
              List.of(HistoryMode.OPTION, IngressMode.OPTION),
              AdminOptions.ALL,
              NodeLimits.ALL)
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
    Map<String, String> limits = options.only(NodeLimits.ALL);
    NodeLimits.of(limits);
    Map<String, String> cluster = options.only(ClusterOptions.ALL);
    cluster.putIfAbsent(ClusterOptions.CLUSTER_HOST.name(), conf.get("spark.driver.host"));
    return new SparkNodeOptions(
        ClusterOptions.of(cluster),
        setting(HistoryMode.OPTION, options),
        setting(IngressMode.OPTION, options),
        AdminOptions.of(options.only(AdminOptions.ALL)),
        limits);
  }

  private static <T> T setting(ConfigOption<T> option, Options options) {
    return options
        .text(option)
        .map(option.named(PREFIX + option.name())::read)
        .orElseGet(option::defaultValue);
  }

  /** Thread settings of a node on the machine on which this is called. */
  NodeOptions node() {
    int cores = Runtime.getRuntime().availableProcessors();
    return NodeOptions.forCores(cores).withLimits(NodeLimits.of(limits));
  }

  /**
   * The same for a node of which nothing but its limits is an option, because all tasks run beside
   * it.
   */
  static NodeOptions local(SparkConf conf) {
    Map<String, String> limits = new HashMap<>();
    for (ConfigOption<?> limit : NodeLimits.ALL) {
      String setting = PREFIX + limit.name();
      if (conf.contains(setting)) {
        limits.put(limit.name(), conf.get(setting));
      }
    }
    int cores = Runtime.getRuntime().availableProcessors();
    return NodeOptions.forCores(cores).withLimits(NodeLimits.of(limits));
  }
}
