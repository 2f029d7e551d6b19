package io.sparkwire.spark.source;

import io.sparkwire.admin.AdminOptions;
import io.sparkwire.cluster.ClusterOptions;
import io.sparkwire.cluster.NodeLimits;
import io.sparkwire.cluster.NodeOptions;
import io.sparkwire.history.HistoryMode;
import io.sparkwire.intake.IngressMode;
import io.sparkwire.options.Options;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;

/**
 * What the settings {@code spark.sparkwire.…} say of the nodes of an application whose tasks run in
 * executors. Immutable.
 *
 * @param cluster how the driver's node finds others, and where they find it
 * @param history how far the memory of the readers reaches
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

  private static final String HISTORY = "history";
  private static final String INGRESS = "ingress";

  private static final Set<String> KEYS =
      Stream.of(ClusterOptions.KEYS, AdminOptions.KEYS, NodeLimits.KEYS, Set.of(HISTORY, INGRESS))
          .flatMap(Set::stream)
          .collect(Collectors.toUnmodifiableSet());

  /**
   * @throws IllegalArgumentException if a setting is unknown or its value out of range
   */
  static SparkNodeOptions of(SparkConf conf) {
    Map<String, String> values = new HashMap<>();
    for (scala.Tuple2<String, String> setting : conf.getAllWithPrefix(PREFIX)) {
      values.put(setting._1(), setting._2());
    }
    Options options = new Options(values, KEYS);
    NodeLimits.of(only(NodeLimits.KEYS, values));
    Map<String, String> cluster = only(ClusterOptions.KEYS, values);
    cluster.putIfAbsent(ClusterOptions.CLUSTER_HOST, conf.get("spark.driver.host"));
    return new SparkNodeOptions(
        ClusterOptions.of(cluster),
        Options.choice(
            PREFIX + HISTORY, options.text(HISTORY, "async"), List.of(HistoryMode.values())),
        Options.choice(
            PREFIX + INGRESS, options.text(INGRESS, "workers"), List.of(IngressMode.values())),
        AdminOptions.of(only(AdminOptions.KEYS, values)),
        only(NodeLimits.KEYS, values));
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
    for (String key : NodeLimits.KEYS) {
      if (conf.contains(PREFIX + key)) {
        limits.put(key, conf.get(PREFIX + key));
      }
    }
    int cores = Runtime.getRuntime().availableProcessors();
    return NodeOptions.forCores(cores).withLimits(NodeLimits.of(limits));
  }

  private static Map<String, String> only(Set<String> keys, Map<String, String> values) {
    Map<String, String> some = new HashMap<>(values);
    some.keySet().retainAll(keys);
    return some;
  }
}
