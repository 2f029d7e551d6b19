package io.sparkwire.feed;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;

/** What has happened at a node, of each kind the latest. Thread-safe. */
final class NodeEvents {

  private final InstantSource clock;
  private final Map<EventKind, Ring<JsonObject>> rings = new EnumMap<>(EventKind.class);

  NodeEvents(InstantSource clock) {
    this.clock = clock;
    EventKind.ALL.forEach(kind -> rings.put(kind, new Ring<>(kind.kept())));
  }

  long now() {
    return clock.millis();
  }

  /** Notes that it happens now. */
  void add(EventKind kind, JsonObject event) {
    rings.get(kind).add(event.put("kind", kind.key()).put("time", now()));
  }

  /**
   * What has been added since.
   *
   * @param cursors where the last reading ended, by kind; changed to where this one ends
   */
  JsonArray read(JsonObject cursors) {
    JsonArray events = new JsonArray();
    rings.forEach(
        (kind, ring) ->
            cursors.put(kind.key(), ring.read(cursors.getLong(kind.key(), 0L), events::add)));
    return events;
  }
}
