package io.sparkwire.cluster;

import io.sparkwire.message.ReplyRetention;
import io.sparkwire.message.ServiceSpec;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The form in which nodes tell each other what a service is. Stateless. */
public final class ServiceSpecJson {

  private ServiceSpecJson() {}

  /**
   * Members that came later are there only where they say something, so that nodes which do not
   * know them can read all others.
   */
  public static JsonObject write(ServiceSpec spec) {
    JsonObject json =
        new JsonObject()
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
    return json;
  }

  /** Reads what {@link #write} has written; other members may stand beside it. */
  public static ServiceSpec read(JsonObject json) {
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

  private static ReplyRetention keeping(JsonObject json) {
    return json.containsKey("asyncTimeoutMillis")
        ? new ReplyRetention(
            millis(json, "keepsForKeysMillis"),
            millis(json, "keepsAsyncMillis"),
            millis(json, "asyncTimeoutMillis"))
        : ReplyRetention.OFF;
  }

  private static Duration millis(JsonObject json, String member) {
    return Duration.ofMillis(json.getLong(member));
  }
}
