package io.sparkwire.cluster;

import io.sparkwire.message.Addresses;
import io.vertx.core.Future;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * What all nodes of a cluster say of themselves, as one JSON object: {@code nodes}, and of each its
 * {@code node}, {@code role}, {@code address}, whether it {@code answers}, and its {@code
 * services}.
 *
 * <p>Stateless.
 */
public final class ClusterStatus {

  private static final DeliveryOptions REPLY_TIMEOUT = new DeliveryOptions().setSendTimeout(2_000);

  private ClusterStatus() {}

  /** Asks all nodes but observers at once. */
  public static Future<JsonObject> of(Node asking) {
    List<Future<JsonObject>> answers =
        asking.directory().members().stream()
            .filter(member -> member.role() != Role.OBSERVER)
            .sorted(Comparator.comparing(Member::role).thenComparing(Member::address))
            .map(member -> ask(asking, member))
            .toList();
    return Future.all(answers)
        .map(
            all -> {
              JsonArray nodes = new JsonArray();
              answers.forEach(answer -> nodes.add(answer.result()));
              return new JsonObject().put("nodes", nodes);
            });
  }

  private static Future<JsonObject> ask(Node asking, Member member) {
    JsonObject known =
        new JsonObject()
            .put("node", member.node().text())
            .put("role", member.role().name().toLowerCase(Locale.ROOT))
            .put("address", member.address());
    return asking
        .vertx()
        .eventBus()
        .<JsonObject>request(Addresses.status(member.node()), "", REPLY_TIMEOUT)
        .map(answer -> known.copy().put("answers", true).mergeIn(answer.body()))
        .otherwise(silence -> known.put("answers", false).put("services", new JsonArray()));
  }
}
