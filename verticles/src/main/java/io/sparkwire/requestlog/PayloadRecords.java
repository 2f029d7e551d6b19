package io.sparkwire.requestlog;

import io.sparkwire.message.Header;
import io.sparkwire.message.NodeId;
import io.sparkwire.message.RequestName;
import io.sparkwire.message.ServiceFailure;
import io.sparkwire.message.ServiceReply;
import io.sparkwire.message.ServiceRequest;
import io.sparkwire.telemetry.PayloadField;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Records of the payload log: a JSON object on each line. The service is not in it, because it is
 * in the name of the directory. Immutable.
 */
final class PayloadRecords {

  /** Fields with credentials, which are left out always. */
  private static final Set<String> SECRET =
      Set.of(
          "authorization",
          "proxy-authorization",
          "x-api-key",
          "cookie",
          "set-cookie",
          "authentication-info",
          "proxy-authentication-info");

  private static final String CONTENT_TYPE = "Content-Type";
  private static final char OWN = ':';
  private static final int MICROS_PER_MILLI = 1_000;

  private final NodeId node;
  private final Set<PayloadField> omitted;

  PayloadRecords(NodeId node, Set<PayloadField> omitted) {
    this.node = node;
    this.omitted = omitted;
  }

  void write(PayloadEntry entry, JsonWriter json) throws IOException {
    ServiceRequest request = entry.request();
    json.begin();
    json.time("time", millis(entry));
    json.text("id", entry.id().toString());
    String name = request.headers().get(RequestName.FIELD);
    json.text("requestId", name == null || !RequestName.isValid(name) ? null : name);
    json.text("node", node.text());
    json.text("version", entry.reply().version());
    if (has(PayloadField.PRINCIPAL)) {
      json.text("principal", request.headers().get(ServiceRequest.PRINCIPAL));
    }
    json.text("method", request.method());
    if (has(PayloadField.URI)) {
      json.text("uri", request.uri());
    }
    json.number("status", entry.reply().status());
    json.text("failure", JsonWriter.name(ServiceFailure.code(entry.reply())));
    computed(json, entry);
    request(json, request);
    reply(json, entry.reply());
    json.endLine();
  }

  /** When the request arrived. */
  static long millis(PayloadEntry entry) {
    return entry.request().receivedAtMicros() / MICROS_PER_MILLI;
  }

  private void computed(JsonWriter json, PayloadEntry entry) throws IOException {
    ComputedBy computed = ComputedBy.of(entry.times(), node);
    json.text("worker", computed.worker());
    json.number("attempts", computed.attempts());
    json.number("queueMicros", computed.queueMicros());
    json.number("pipelineMicros", computed.pipelineMicros());
    json.number("totalMicros", entry.totalMicros());
  }

  private void request(JsonWriter json, ServiceRequest request) throws IOException {
    json.begin("request");
    json.text("contentType", request.headers().get(CONTENT_TYPE));
    if (has(PayloadField.REQUEST_HEADERS)) {
      json.beginArray("headers");
      for (Map.Entry<String, String> each : request.headers()) {
        header(json, each.getKey(), each.getValue());
      }
      json.endArray();
    }
    body(json, request.body(), PayloadField.REQUEST_BODY);
    json.end();
  }

  private void reply(JsonWriter json, ServiceReply reply) throws IOException {
    json.begin("reply");
    json.text("contentType", reply.contentType());
    if (has(PayloadField.REPLY_HEADERS)) {
      json.beginArray("headers");
      for (Header each : reply.headers()) {
        header(json, each.name(), each.value());
      }
      json.endArray();
    }
    body(json, reply.body(), PayloadField.REPLY_BODY);
    json.end();
  }

  private static void header(JsonWriter json, String name, String value) throws IOException {
    boolean own = !name.isEmpty() && name.charAt(0) == OWN; // not sent by the client
    if (!own && !SECRET.contains(name.toLowerCase(Locale.ROOT))) {
      json.begin();
      json.text("name", name);
      json.text("value", value);
      json.end();
    }
  }

  /** A body that is no text is in a field of its own. */
  private void body(JsonWriter json, byte[] body, PayloadField field) throws IOException {
    json.number("bytes", body.length);
    if (has(field)) {
      json.bytes("body", "bodyBase64", body);
    }
  }

  private boolean has(PayloadField field) {
    return !omitted.contains(field);
  }
}
