package io.sparkwire.console;

import io.sparkwire.feed.ServiceReading;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What one node has answered at one time. Immutable.
 *
 * @param status its status, as {@code /status} shows it
 * @param feed what it has done lately
 * @param readings of its services, by their names
 */
record NodeAnswer(JsonObject status, JsonObject feed, Map<String, ServiceReading> readings) {

  static NodeAnswer of(JsonObject status, JsonObject feed) {
    Map<String, ServiceReading> readings = new HashMap<>();
    JsonObject read = feed.getJsonObject("readings", new JsonObject());
    read.forEach(
        each -> readings.put(each.getKey(), ServiceReading.parse((JsonObject) each.getValue())));
    return new NodeAnswer(status, feed, readings);
  }

  /** When it was made, by a clock of the node. */
  long nanos() {
    return feed.getLong("nanos");
  }

  ServiceReading reading(String service) {
    return readings.getOrDefault(service, ServiceReading.NONE);
  }

  List<JsonObject> services() {
    return objects(status.getJsonArray("services"));
  }

  /** What has happened there since the answer before. */
  List<JsonObject> events() {
    return objects(feed.getJsonArray("events"));
  }

  /** The lines of its log since then; empty, too, if its log is not followed. */
  List<JsonObject> log() {
    return objects(feed.getJsonArray("log"));
  }

  /** How often requests of a service went into a pipeline there again. */
  long replayed(String service) {
    return feed.getJsonObject("replayed").getLong(service, 0L);
  }

  private static List<JsonObject> objects(JsonArray array) {
    return array == null ? List.of() : array.stream().map(JsonObject.class::cast).toList();
  }
}
