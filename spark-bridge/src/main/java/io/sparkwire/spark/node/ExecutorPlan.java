package io.sparkwire.spark.node;

import io.sparkwire.admin.AdminOptions;
import io.sparkwire.cluster.ClusterAccess;
import io.sparkwire.cluster.ClusterOptions;
import io.sparkwire.history.HistoryMode;
import io.sparkwire.intake.IngressMode;
import io.sparkwire.message.NodeId;
import io.sparkwire.node.ServingNode;
import io.sparkwire.tls.ClientCertificates;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * All that an executor needs to know to start its node. It goes with every task of a query, as a
 * local property of Spark. Immutable.
 *
 * @param driver the node whose commands it obeys
 * @param options those of the driver
 * @param join the driver's address, and those that the driver was given
 */
public record ExecutorPlan(NodeId driver, SparkNodeOptions options, List<String> join) {

  /** The plan for the executors of a driver. */
  static ExecutorPlan of(ServingNode driver, SparkNodeOptions options) {
    List<String> join =
        Stream.concat(Stream.of(driver.address()), options.cluster().join().stream()).toList();
    return new ExecutorPlan(driver.id(), options, join);
  }

  /**
   * @param host on which Spark reaches the executor
   */
  ClusterOptions cluster(String host) {
    ClusterOptions cluster = options.cluster();
    return new ClusterOptions(cluster.name(), host, cluster.port(), join, "", cluster.access());
  }

  String text() {
    JsonObject json =
        new JsonObject()
            .put("driver", driver.text())
            .put("name", options.cluster().name())
            .put("host", options.cluster().host())
            .put("port", options.cluster().port())
            .put("join", new JsonArray(join))
            .put("history", options.history().name())
            .put("ingress", options.ingress().name());
    options
        .admin()
        .ifPresent(
            admin ->
                json.put("adminHost", admin.host())
                    .put("adminPort", admin.port())
                    .put("adminTls", admin.tls())
                    .put("adminClients", admin.clients().name()));
    Map<String, String> access = options.cluster().access().files();
    if (!access.isEmpty()) {
      json.put("access", new JsonObject(new TreeMap<>(access)));
    }
    if (!options.listeners().isEmpty()) {
      json.put("listeners", new JsonObject(new TreeMap<>(options.listeners())));
    }
    return json.encode();
  }

  public static ExecutorPlan parse(String text) {
    JsonObject json = new JsonObject(text);
    List<String> join = json.getJsonArray("join").stream().map(Object::toString).toList();
    ClusterOptions cluster =
        new ClusterOptions(
            json.getString("name"),
            json.getString("host"),
            json.getInteger("port"),
            join,
            "",
            ClusterAccess.by(given(json.getJsonObject("access"))));
    Optional<AdminOptions> admin =
        Optional.ofNullable(json.getInteger("adminPort"))
            .map(
                port ->
                    new AdminOptions(
                        json.getString("adminHost"),
                        port,
                        json.getBoolean("adminTls"),
                        ClientCertificates.valueOf(json.getString("adminClients"))));
    SparkNodeOptions options =
        new SparkNodeOptions(
            cluster,
            HistoryMode.valueOf(json.getString("history")),
            IngressMode.valueOf(json.getString("ingress")),
            admin,
            given(json.getJsonObject("listeners")));
    return new ExecutorPlan(new NodeId(json.getString("driver")), options, join);
  }

  /** Options by their keys. */
  private static Map<String, String> given(JsonObject json) {
    Map<String, String> options = new HashMap<>();
    if (json != null) {
      json.forEach(option -> options.put(option.getKey(), option.getValue().toString()));
    }
    return options;
  }
}
