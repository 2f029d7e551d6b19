package io.sparkwire.metrics;

import io.vertx.core.json.JsonObject;
import java.util.function.Supplier;

/**
 * What the status of a node says of this moment, as metrics. Thread-safe.
 *
 * @param status of this node, as it says it to others
 */
public record StatusMetrics(Supplier<JsonObject> status) implements MetricSource {

  @Override
  public void collect(Samples samples) {
    JsonObject node = status.get();
    add(samples, Metric.REPLIES_TO_OTHERS, node, "repliesToOthers");
    JsonObject connections = node.getJsonObject("connections");
    add(samples, Metric.CONNECTIONS_OPEN, connections, "open");
    add(samples, Metric.CONNECTIONS_REFUSED, connections, "refused");
    add(samples, Metric.CONNECTIONS_TIMED_OUT, connections, "timedOut");
    add(samples, Metric.CONNECTIONS_MADE_ROOM, connections, "madeRoom");
    add(samples, Metric.UNFINISHED_REQUESTS, connections, "unfinished");
    add(samples, Metric.UNREAD_BYTES, connections, "unreadBytes");
    node.getJsonArray("services").forEach(each -> collect(samples, (JsonObject) each));
  }

  private static void collect(Samples samples, JsonObject service) {
    String name = service.getString("name");
    add(samples, Metric.REQUESTS_IN_FLIGHT, service, "inFlight", name);
    add(samples, Metric.REQUESTS_IN_FLIGHT_LIMIT, service, "maxInFlight", name);
    add(samples, Metric.REQUESTS_QUEUED, service, "queued", name);
    add(samples, Metric.READERS_OPEN, service, "readers", name);
    add(samples, Metric.EPOCH, service, "epoch", name);
  }

  /** A node that computes nothing has some of them, and one that has no listener others. */
  private static void add(
      Samples samples, Metric metric, JsonObject object, String key, String... labels) {
    Number value = object == null ? null : object.getNumber(key);
    if (value != null) {
      samples.add(metric, value.doubleValue(), labels);
    }
  }
}
