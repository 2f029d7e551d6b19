package io.sparkwire.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sparkwire.access.KnownRequest;
import io.sparkwire.message.RequestId;
import io.sparkwire.message.ServicePath;
import io.sparkwire.message.ServiceRequest;
import io.sparkwire.message.ServiceSpec;
import io.sparkwire.wire.RowFormats;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A request that an operator has filled in on the page. Immutable.
 *
 * @param parameters the values of places in the path
 */
record Trial(String method, Map<String, String> parameters, String contentType, String body) {

  /**
   * Reads what the page sends.
   *
   * @throws RuntimeException if it is no such request; says why
   */
  static Trial parse(JsonObject json, ServiceSpec spec) {
    String method = json.getString("method", "");
    if (!spec.route().methods().contains(method)) {
      throw new IllegalArgumentException(
          "method must be one of " + spec.route().methods() + ", got '" + method + "'");
    }
    Map<String, String> parameters = new HashMap<>();
    JsonObject given = json.getJsonObject("parameters", new JsonObject());
    for (String name : new ServicePath(spec.route().path()).parameters()) {
      parameters.put(name, given.getString(name, ""));
    }
    return new Trial(
        method,
        parameters,
        json.getString("contentType", "application/json"),
        json.getString("body", ""));
  }

  /**
   * The request of a client that has sent this.
   *
   * @param id that it has until it has an exchange
   * @param asked by which the operator is known
   */
  ServiceRequest toRequest(ServiceSpec spec, RequestId id, HttpServerRequest asked, long millis) {
    byte[] bytes = body.getBytes(UTF_8);
    MultiMap headers =
        MultiMap.caseInsensitiveMultiMap()
            .add("Content-Type", contentType)
            .add("Content-Length", Integer.toString(bytes.length));
    KnownRequest.principal(asked)
        .ifPresent(operator -> headers.add(ServiceRequest.PRINCIPAL, operator.name()));
    String format =
        spec.route().batch() ? RowFormats.detect(contentType, bytes) : ServiceRequest.ONE_ROW;
    return new ServiceRequest(
        id,
        spec.name(),
        method,
        path(spec.route().path()),
        "HTTP/1.1",
        headers,
        parameters,
        bytes,
        format,
        TimeUnit.MILLISECONDS.toMicros(millis));
  }

  private String path(String pattern) {
    String path = pattern;
    for (Map.Entry<String, String> each : parameters.entrySet()) {
      String value = URLEncoder.encode(each.getValue(), UTF_8).replace("+", "%20");
      path = path.replaceFirst("/:" + each.getKey() + "(?=/|$)", "/" + value.replace("$", "%24"));
    }
    return path;
  }
}
