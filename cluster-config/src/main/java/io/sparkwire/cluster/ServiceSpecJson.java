package io.sparkwire.cluster;

import io.sparkwire.message.ListenAddress;
import io.sparkwire.message.ReplyRetention;
import io.sparkwire.message.ResponseOptions;
import io.sparkwire.message.ResponseOptions.RequestIds;
import io.sparkwire.message.RouteSpec;
import io.sparkwire.message.ServiceLimits;
import io.sparkwire.message.ServiceProtocol;
import io.sparkwire.message.ServiceSchema;
import io.sparkwire.message.ServiceSpec;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** A service's description as JSON, with an object for each of its parts. Stateless. */
public final class ServiceSpecJson {

  private ServiceSpecJson() {}

  /**
   * The objects {@code retention}, {@code responses} and {@code schema} are there only if the
   * service keeps replies, if its responses differ from the default, and if something is known of
   * its bodies. So are {@code batch}, {@code protocols}, {@code docs} and {@code maxRows} only
   * where they differ from the default.
   */
  public static JsonObject write(ServiceSpec spec) {
    JsonObject json =
        new JsonObject()
            .put("name", spec.name())
            .put("listener", listener(spec.listener()))
            .put("route", route(spec.route()))
            .put("limits", limits(spec.limits()));
    if (spec.retention().isOn()) {
      json.put("retention", retention(spec.retention()));
    }
    if (!spec.responses().equals(ResponseOptions.DEFAULT)) {
      json.put("responses", responses(spec.responses()));
    }
    return spec.schema().equals(ServiceSchema.UNKNOWN)
        ? json
        : json.put("schema", write(spec.schema()));
  }

  private static JsonObject listener(ListenAddress listener) {
    return new JsonObject().put("host", listener.host()).put("port", listener.port());
  }

  private static JsonObject route(RouteSpec route) {
    JsonObject json =
        new JsonObject()
            .put("path", route.path())
            .put("methods", new JsonArray(new TreeSet<>(route.methods()).stream().toList()));
    if (route.batch()) {
      json.put("batch", true);
    }
    if (!route.docs()) {
      json.put("docs", false);
    }
    return route.protocols().equals(RouteSpec.PROTOCOLS.defaultValue())
        ? json
        : json.put("protocols", protocols(route));
  }

  private static JsonArray protocols(RouteSpec route) {
    return new JsonArray(route.protocols().stream().map(ServiceProtocol::text).sorted().toList());
  }

  private static JsonObject limits(ServiceLimits limits) {
    JsonObject json =
        new JsonObject()
            .put("maxInFlight", limits.maxInFlight())
            .put("maxBodyBytes", limits.maxBodyBytes())
            .put("timeoutMillis", limits.timeout().toMillis());
    return limits.maxRows() == ServiceLimits.MAX_ROWS.defaultValue()
        ? json
        : json.put("maxRows", limits.maxRows());
  }

  private static JsonObject retention(ReplyRetention retention) {
    return new JsonObject()
        .put("idempotencyMillis", retention.idempotency().toMillis())
        .put("asyncMillis", retention.async().toMillis())
        .put("asyncTimeoutMillis", retention.asyncTimeout().toMillis());
  }

  private static JsonObject responses(ResponseOptions responses) {
    return new JsonObject()
        .put("noRow", responses.noRow())
        .put("compressAbove", responses.compressAbove())
        .put("overloadStatus", responses.overloadStatus())
        .put("requestId", responses.requestId().name())
        .put("serverTiming", responses.serverTiming());
  }

  /** Has a member for each text that is known, and for what differs from the usual. */
  public static JsonObject write(ServiceSchema schema) {
    JsonObject json = new JsonObject();
    if (!schema.body().isEmpty()) {
      json.put("body", schema.body());
    }
    if (!schema.reply().isEmpty()) {
      json.put("reply", schema.reply());
    }
    if (!schema.strict()) {
      json.put("strict", false);
    }
    return schema.version() == ServiceSchema.UNKNOWN.version()
        ? json
        : json.put("version", schema.version());
  }

  /** Reads what {@link #write(ServiceSpec)} has written. */
  public static ServiceSpec read(JsonObject json) {
    return new ServiceSpec(
        json.getString("name"),
        readListener(json.getJsonObject("listener")),
        readRoute(json.getJsonObject("route")),
        readLimits(json.getJsonObject("limits")),
        readRetention(json.getJsonObject("retention")),
        readResponses(json.getJsonObject("responses")),
        readSchema(json.getJsonObject("schema")));
  }

  private static ListenAddress readListener(JsonObject json) {
    return new ListenAddress(json.getString("host"), json.getInteger("port"));
  }

  private static RouteSpec readRoute(JsonObject json) {
    Set<String> methods =
        json.getJsonArray("methods").stream().map(Object::toString).collect(Collectors.toSet());
    return new RouteSpec(
        json.getString("path"),
        methods,
        json.getBoolean("batch", false),
        readProtocols(json.getJsonArray("protocols")),
        json.getBoolean("docs", true));
  }

  /** A protocol that this release does not know is left out. */
  private static Set<ServiceProtocol> readProtocols(JsonArray json) {
    return json == null
        ? RouteSpec.PROTOCOLS.defaultValue()
        : ServiceProtocol.ALL.stream()
            .filter(protocol -> json.contains(protocol.text()))
            .collect(Collectors.toUnmodifiableSet());
  }

  private static ServiceLimits readLimits(JsonObject json) {
    return new ServiceLimits(
        json.getInteger("maxInFlight"),
        json.getLong("maxBodyBytes"),
        json.getInteger("maxRows", ServiceLimits.MAX_ROWS.defaultValue()),
        millis(json, "timeoutMillis"));
  }

  private static ReplyRetention readRetention(JsonObject json) {
    return json == null
        ? ReplyRetention.OFF
        : new ReplyRetention(
            millis(json, "idempotencyMillis"),
            millis(json, "asyncMillis"),
            millis(json, "asyncTimeoutMillis"));
  }

  private static ResponseOptions readResponses(JsonObject json) {
    return json == null
        ? ResponseOptions.DEFAULT
        : new ResponseOptions(
            json.getInteger("noRow"),
            json.getLong("compressAbove"),
            json.getInteger("overloadStatus"),
            RequestIds.valueOf(json.getString("requestId")),
            json.getBoolean("serverTiming"));
  }

  /** Reads what {@link #write(ServiceSchema)} has written, or nothing if that is null. */
  public static ServiceSchema readSchema(JsonObject json) {
    return json == null
        ? ServiceSchema.UNKNOWN
        : new ServiceSchema(
            json.getString("body", ""),
            json.getString("reply", ""),
            json.getBoolean("strict", true),
            json.getInteger("version", ServiceSchema.UNKNOWN.version()));
  }

  private static Duration millis(JsonObject json, String member) {
    return Duration.ofMillis(json.getLong(member));
  }
}
