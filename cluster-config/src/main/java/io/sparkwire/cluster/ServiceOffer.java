package io.sparkwire.cluster;

import io.sparkwire.protocol.Keeping;
import io.sparkwire.protocol.NodeId;
import io.sparkwire.protocol.ServiceSpec;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What one worker says of one service that it computes. Immutable.
 *
 * @param capacity how many requests its intake holds
 */
public record ServiceOffer(NodeId node, ServiceSpec spec, int capacity) {

  private static final int VERSION = 1;

  /**
   * The text that stands for it in the directory: JSON, with a version.
   *
   * <p>Members that came later are there only where they say something, so that nodes which do not
   * know them can read all others.
   */
  String toText() {
    JsonObject json =
        new JsonObject()
            .put("version", VERSION)
            .put("node", node.text())
            .put("capacity", capacity)
            .put("name", spec.name())
            .put("host", spec.host())
            .put("port", spec.port())
            .put("path", spec.path())
            .put("methods", new JsonArray(new TreeSet<>(spec.methods()).stream().toList()))
            .put("maxInFlight", spec.maxInFlight())
            .put("maxBodyBytes", spec.maxBodyBytes())
            .put("timeoutMillis", spec.timeout().toMillis());
    if (spec.keeping().isOn()) {
      json.put("keepsForKeysMillis", spec.keeping().idempotency().toMillis())
          .put("keepsAsyncMillis", spec.keeping().async().toMillis())
          .put("asyncTimeoutMillis", spec.keeping().asyncTimeout().toMillis());
    }
    return json.encode();
  }

  /**
   * Reads that text.
   *
   * @throws IllegalArgumentException if it is of another version
   */
  static ServiceOffer parse(String text) {
    JsonObject json = new JsonObject(text);
    int version = json.getInteger("version");
    if (version != VERSION) {
      throw new IllegalArgumentException(
          "an offer of version " + VERSION + " is expected, but version " + version + " came");
    }
    return new ServiceOffer(
        new NodeId(json.getString("node")), spec(json), json.getInteger("capacity"));
  }

  private static ServiceSpec spec(JsonObject json) {
    Set<String> methods =
        json.getJsonArray("methods").stream().map(Object::toString).collect(Collectors.toSet());
    return new ServiceSpec(
        json.getString("name"),
        json.getString("host"),
        json.getInteger("port"),
        json.getString("path"),
        methods,
        keeping(json),
        json.getInteger("maxInFlight"),
        json.getLong("maxBodyBytes"),
        millis(json, "timeoutMillis"));
  }

  private static Keeping keeping(JsonObject json) {
    return json.containsKey("asyncTimeoutMillis")
        ? new Keeping(
            millis(json, "keepsForKeysMillis"),
            millis(json, "keepsAsyncMillis"),
            millis(json, "asyncTimeoutMillis"))
        : Keeping.OFF;
  }

  private static Duration millis(JsonObject json, String member) {
    return Duration.ofMillis(json.getLong(member));
  }
}
