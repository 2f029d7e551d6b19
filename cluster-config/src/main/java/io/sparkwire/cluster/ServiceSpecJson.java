package io.sparkwire.cluster;

import io.sparkwire.message.ListenAddress;
import io.sparkwire.message.ReplyRetention;
import io.sparkwire.message.RouteSpec;
import io.sparkwire.message.ServiceLimits;
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
            .put("host", spec.listener().host())
            .put("port", spec.listener().port())
            .put("path", spec.route().path())
            .put("methods", new JsonArray(new TreeSet<>(spec.route().methods()).stream().toList()))
            .put("maxInFlight", spec.limits().maxInFlight())
            .put("maxBodyBytes", spec.limits().maxBodyBytes())
            .put("timeoutMillis", spec.limits().timeout().toMillis());
    if (spec.retention().isOn()) {
      json.put("keepsForKeysMillis", spec.retention().idempotency().toMillis())
          .put("keepsAsyncMillis", spec.retention().async().toMillis())
          .put("asyncTimeoutMillis", spec.retention().asyncTimeout().toMillis());
    }
    return json;
  }

  /** Reads what {@link #write} has written; other members may stand beside it. */
  public static ServiceSpec read(JsonObject json) {
    Set<String> methods =
        json.getJsonArray("methods").stream().map(Object::toString).collect(Collectors.toSet());
    return new ServiceSpec(
        json.getString("name"),
        new ListenAddress(json.getString("host"), json.getInteger("port")),
        new RouteSpec(json.getString("path"), methods),
        new ServiceLimits(
            json.getInteger("maxInFlight"),
            json.getLong("maxBodyBytes"),
            millis(json, "timeoutMillis")),
        retention(json));
  }

  private static ReplyRetention retention(JsonObject json) {
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
