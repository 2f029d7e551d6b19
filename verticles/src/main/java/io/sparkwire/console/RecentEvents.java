package io.sparkwire.console;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What has happened lately in the cluster, of each kind as much as a page shows. Not thread-safe.
 */
final class RecentEvents {

  private static final int OF_EACH_KIND = 400;

  private final Map<String, Deque<JsonObject>> kinds = new HashMap<>();

  void add(List<JsonObject> events) {
    for (JsonObject event : events) {
      Deque<JsonObject> kind =
          kinds.computeIfAbsent(event.getString("kind"), k -> new ArrayDeque<>());
      kind.addLast(event);
      if (kind.size() > OF_EACH_KIND) {
        kind.removeFirst();
      }
    }
  }

  /** The oldest first, of each kind. */
  JsonArray toJson() {
    JsonArray all = new JsonArray();
    kinds.values().forEach(kind -> kind.forEach(all::add));
    return all;
  }
}
