package io.sparkwire.console;

import io.sparkwire.cluster.Role;
import io.sparkwire.message.ServiceSpec;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.TreeSet;

/** One service as all nodes together have it. Not thread-safe. */
final class ServiceSum {

  private final String service;
  private final RequestSum requests = new RequestSum();
  private final LatencySum latencies = new LatencySum();
  private final JsonObject json = new JsonObject();
  private final JsonArray listeners = new JsonArray();
  private final JsonArray readers = new JsonArray();

  ServiceSum(String service) {
    this.service = service;
    json.put("name", service);
  }

  /** Adds what a node that answers says of it. */
  void add(KnownNode node, JsonObject status) {
    NodeAnswer latest = node.latest();
    NodeAnswer earliest = node.earliest();
    requests.add(earliest.reading(service), latest.reading(service), node.seconds());
    latencies.add(earliest.reading(service), latest.reading(service));
    for (String fact : new String[] {"path", "schema"}) {
      if (status.containsKey(fact)) {
        json.put(fact, status.getValue(fact));
      }
    }
    for (String count : new String[] {"inFlight", "queued", "admitted", "refused", "readers"}) {
      json.put(count, json.getLong(count, 0L) + status.getLong(count, 0L));
    }
    json.put("replayed", json.getLong("replayed", 0L) + latest.replayed(service));
    json.put("epoch", Math.max(json.getLong("epoch", -1L), status.getLong("epoch", -1L)));
    String id = node.member().node().text();
    if (node.member().role() == Role.GATEWAY || status.getInteger("port", -1) >= 0) {
      listeners.add(id);
      json.put("limit", json.getLong("limit", 0L) + status.getLong("maxInFlight", 0L));
    }
    if (status.getLong("readers", 0L) > 0) {
      readers.add(id);
    }
  }

  /** Adds what its description says. */
  void describe(ServiceSpec spec) {
    json.put("path", spec.route().path())
        .put("methods", new JsonArray(new TreeSet<>(spec.route().methods()).stream().toList()))
        .put("batch", spec.route().batch());
  }

  JsonObject toJson() {
    requests.writeTo(json);
    return json.put("latencies", latencies.toJson())
        .put("listeners", listeners)
        .put("readBy", readers);
  }
}
