package io.sparkwire.app;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The status of a cluster as a table: a line for each service of each node. Stateless. */
final class StatusTable {

  private static final List<String> HEAD =
      List.of(
          "NODE",
          "ROLE",
          "ADDRESS",
          "SERVICE",
          "PATH",
          "READERS",
          "EPOCH",
          "QUEUED",
          "IN-FLIGHT",
          "ADMITTED",
          "REFUSED");
  private static final List<String> OF_SERVICE =
      List.of("name", "path", "readers", "epoch", "queued", "inFlight", "admitted", "refused");
  private static final String NOTHING = "-";

  private StatusTable() {}

  static String of(JsonObject status) {
    List<List<String>> rows = new ArrayList<>(List.of(HEAD));
    objects(status.getJsonArray("nodes")).forEach(node -> rows.addAll(rowsOf(node)));
    return TextTable.of(rows);
  }

  private static List<JsonObject> objects(JsonArray array) {
    return array.stream().map(JsonObject.class::cast).toList();
  }

  private static List<List<String>> rowsOf(JsonObject node) {
    List<JsonObject> services = objects(node.getJsonArray("services"));
    if (services.isEmpty()) {
      String why = node.getBoolean("answers") ? "(none)" : "(no answer)";
      return List.of(row(node, new JsonObject().put("name", why)));
    }
    return services.stream().map(service -> row(node, service)).toList();
  }

  private static List<String> row(JsonObject node, JsonObject service) {
    List<String> row = new ArrayList<>();
    for (String key : List.of("node", "role", "address")) {
      row.add(node.getString(key));
    }
    OF_SERVICE.forEach(key -> row.add(Objects.toString(service.getValue(key), NOTHING)));
    return row;
  }
}
