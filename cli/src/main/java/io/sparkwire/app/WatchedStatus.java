package io.sparkwire.app;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * The frames of a console as text: services with rates and latencies, nodes, and what has happened
 * lately. Not thread-safe.
 */
final class WatchedStatus {

  private static final List<String> OF_SERVICE =
      List.of(
          "SERVICE",
          "REQ/S",
          "ERR/S",
          "P50",
          "P99",
          "P99.9",
          "QUEUE",
          "PIPELINE",
          "REPLY",
          "IN-FLIGHT",
          "QUEUED",
          "READERS");
  private static final List<String> OF_NODE = List.of("NODE", "ROLE", "ADDRESS", "STATE", "READS");
  private static final int EVENTS = 8;
  private static final int P99 = 1;
  private static final String NOTHING = "-";
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");

  private final ZoneId zone;
  private final Deque<String> events = new ArrayDeque<>();

  /**
   * @param zone of the times that it shows
   */
  WatchedStatus(ZoneId zone) {
    this.zone = zone;
  }

  String text(JsonObject frame) {
    objects(frame.getJsonArray("events")).forEach(this::note);
    StringBuilder text = new StringBuilder(time(frame.getLong("time"))).append("\n\n");
    text.append(TextTable.of(services(frame))).append('\n');
    text.append(TextTable.of(nodes(frame))).append('\n');
    events.forEach(event -> text.append(event).append('\n'));
    return text.toString();
  }

  private static List<JsonObject> objects(JsonArray array) {
    return array == null ? List.of() : array.stream().map(JsonObject.class::cast).toList();
  }

  private String time(long millis) {
    return TIME.format(Instant.ofEpochMilli(millis).atZone(zone));
  }

  private void note(JsonObject event) {
    String what = describe(event);
    if (what != null) {
      events.addLast(time(event.getLong("time")) + "  " + what);
      if (events.size() > EVENTS) {
        events.removeFirst();
      }
    }
  }

  /** Null if it is nothing to show. */
  private static String describe(JsonObject event) {
    String service = event.getString("service");
    return switch (event.getString("kind")) {
      case "quarantined" ->
          "quarantined "
              + event.getString("request")
              + " of "
              + service
              + ": "
              + event.getString("cause");
      case "restarted" ->
          "a query of "
              + service
              + " was restarted: "
              + event.getString("cause")
              + ": "
              + event.getString("message");
      case "switched" ->
          service
              + " switched to version "
              + event.getInteger("version")
              + " at "
              + event.getString("node");
      case "replayed" ->
          event.getLong("requests")
              + " requests of "
              + service
              + " replayed, as "
              + event.getString("node")
              + " saw it";
      default -> null;
    };
  }

  private static List<List<String>> services(JsonObject frame) {
    List<List<String>> rows = new ArrayList<>(List.of(OF_SERVICE));
    for (JsonObject service : objects(frame.getJsonArray("services"))) {
      JsonObject latencies = service.getJsonObject("latencies");
      rows.add(
          List.of(
              service.getString("name"),
              rate(service.getDouble("rate")),
              rate(service.getDouble("errorRate")),
              latency(latencies, "total", 0),
              latency(latencies, "total", P99),
              latency(latencies, "total", 2),
              latency(latencies, "queue", P99),
              latency(latencies, "pipeline", P99),
              latency(latencies, "reply", P99),
              service.getLong("inFlight") + "/" + service.getValue("limit", NOTHING),
              "" + service.getLong("queued"),
              "" + service.getLong("readers")));
    }
    return rows;
  }

  private List<List<String>> nodes(JsonObject frame) {
    List<List<String>> rows = new ArrayList<>(List.of(OF_NODE));
    for (JsonObject node : objects(frame.getJsonArray("nodes"))) {
      String state = node.getString("state");
      rows.add(
          List.of(
              node.getString("node"),
              node.getString("role"),
              node.getString("address"),
              state.equals("up") ? state : state + " since " + time(node.getLong("since")),
              state.equals("gone") ? NOTHING : reads(node)));
    }
    return rows;
  }

  private static String reads(JsonObject node) {
    List<String> read =
        objects(node.getJsonArray("services")).stream()
            .filter(service -> service.getInteger("readers", 0) > 0)
            .map(service -> service.getString("name") + " (" + service.getInteger("readers") + ")")
            .toList();
    return read.isEmpty() ? NOTHING : String.join(", ", read);
  }

  private static String rate(Double perSecond) {
    return String.format(Locale.ROOT, "%.1f", Objects.requireNonNullElse(perSecond, 0.0));
  }

  private static String latency(JsonObject latencies, String part, int percentile) {
    JsonArray values = latencies.getJsonArray(part);
    return values == null
        ? NOTHING
        : String.format(Locale.ROOT, "%.1fms", values.getLong(percentile) / 1e3);
  }
}
