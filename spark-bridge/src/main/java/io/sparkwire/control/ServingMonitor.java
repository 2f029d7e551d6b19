package io.sparkwire.control;

import io.sparkwire.cluster.ClusterStatus;
import io.sparkwire.cluster.Node;
import io.sparkwire.log.Event;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The monitor of a driver's cluster: it logs which node serves what, at which address, and whether
 * readers take requests there, one line for each change.
 *
 * <p>Runs on: a thread that may block, always the same.
 */
final class ServingMonitor {

  private static final Logger LOG = LoggerFactory.getLogger(ServingMonitor.class);
  private static final long TIMEOUT_SECONDS = 5;

  private final Node node;
  private Map<String, String> seen = Map.of();

  ServingMonitor(Node node) {
    this.node = node;
  }

  /** Polls once. */
  void refresh() {
    try {
      show(ClusterStatus.of(node).await(TIMEOUT_SECONDS, TimeUnit.SECONDS));
    } catch (TimeoutException e) {
      LOG.debug("the nodes of the cluster did not answer in time", e);
    }
  }

  private void show(JsonObject status) {
    Map<String, String> now = new TreeMap<>();
    for (JsonObject one : objects(status.getJsonArray("nodes"))) {
      String name = one.getString("role") + " " + one.getString("node");
      now.put(name, name + " at " + one.getString("address") + does(one));
    }
    seen.keySet().stream()
        .filter(name -> !now.containsKey(name))
        .forEach(name -> Event.NODE_CHANGED.info(LOG, "{} has left", name));
    now.forEach(
        (name, line) -> {
          if (!line.equals(seen.get(name))) {
            Event.NODE_CHANGED.info(LOG, "{}", line);
          }
        });
    seen = now;
  }

  private static String does(JsonObject node) {
    if (!node.getBoolean("answers")) {
      return " does not answer";
    }
    StringBuilder services = new StringBuilder();
    for (JsonObject service : objects(node.getJsonArray("services"))) {
      services.append(services.isEmpty() ? " serves " : ", ").append(service.getString("name"));
      if (service.getInteger("port", -1) >= 0) {
        services.append(" on port ").append(service.getInteger("port"));
      }
      if (service.getBoolean("read", false)) {
        services.append(" with readers");
      }
    }
    return services.isEmpty() ? " serves nothing yet" : services.toString();
  }

  private static List<JsonObject> objects(JsonArray array) {
    return array.stream().map(JsonObject.class::cast).toList();
  }
}
