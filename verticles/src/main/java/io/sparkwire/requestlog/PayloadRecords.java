package io.sparkwire.requestlog;

import io.sparkwire.message.Header;
import io.sparkwire.message.NodeId;
import io.sparkwire.message.RequestName;
import io.sparkwire.message.ServiceFailure;
import io.sparkwire.message.ServiceReply;
import io.sparkwire.message.ServiceRequest;
import io.sparkwire.telemetry.PayloadField;
import io.sparkwire.telemetry.PayloadLogOptions;
import io.vertx.core.http.HttpHeaders;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Records of the payload log: a JSON object on each line. The service is not in it, because it is
 * in the name of the directory. Immutable.
 */
final class PayloadRecords {

  /** Fields with credentials, which are left out always. */
  private static final Set<String> SECRET = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);

  static {
    SECRET.addAll(
        List.of(
            "authorization",
            "proxy-authorization",
            "x-api-key",
            "cookie",
            "set-cookie",
            "authentication-info",
            "proxy-authentication-info"));
  }

  private static final CharSequence PRINCIPAL =
      HttpHeaders.createOptimized(ServiceRequest.PRINCIPAL);
  private static final char OWN = ':';
  private static final int MICROS_PER_MILLI = 1_000;

  private final NodeId node;
  private final Set<PayloadField> omitted;
  private final boolean headers;

  PayloadRecords(NodeId node, PayloadLogOptions options) {
    this.node = node;
    this.omitted = options.omitted();
    this.headers = options.headers();
  }

  void write(PayloadEntry entry, JsonWriter json) {
    ServiceRequest request = entry.request();
    json.begin();
    json.time(LogField.TIME, millis(entry));
    json.id(LogField.ID, entry.id());
    String name = request.headers().get(RequestName.FIELD);
    json.repeated(LogField.REQUEST_ID, name == null || !RequestName.isValid(name) ? null : name);
    json.repeated(LogField.NODE, node.text());
    json.repeated(LogField.VERSION, entry.reply().version());
    if (has(PayloadField.PRINCIPAL)) {
      json.repeated(LogField.PRINCIPAL, request.headers().get(PRINCIPAL));
    }
    json.repeated(LogField.METHOD, request.method());
    if (has(PayloadField.URI)) {
      json.repeated(LogField.URI, request.uri());
    }
    json.number(LogField.STATUS, entry.reply().status());
    json.repeated(LogField.FAILURE, JsonWriter.name(ServiceFailure.code(entry.reply())));
    computed(json, entry);
    request(json, request);
    reply(json, entry.reply());
    json.endLine();
  }

  /** When the request arrived. */
  static long millis(PayloadEntry entry) {
    return entry.request().receivedAtMicros() / MICROS_PER_MILLI;
  }

  private void computed(JsonWriter json, PayloadEntry entry) {
    ComputedBy computed = ComputedBy.of(entry.times(), node);
    json.repeated(LogField.WORKER, computed.worker());
    json.number(LogField.ATTEMPTS, computed.attempts());
    json.number(LogField.QUEUE_MICROS, computed.queueMicros());
    json.number(LogField.PIPELINE_MICROS, computed.pipelineMicros());
    json.number(LogField.TOTAL_MICROS, entry.totalMicros());
  }

  private void request(JsonWriter json, ServiceRequest request) {
    json.begin(LogField.REQUEST);
    json.text(LogField.CONTENT_TYPE, request.headers().get(HttpHeaders.CONTENT_TYPE));
    if (headers) {
      json.beginArray(LogField.HEADERS);
      for (Map.Entry<String, String> each : request.headers()) {
        header(json, each.getKey(), each.getValue());
      }
      json.endArray();
    }
    body(json, request.body(), PayloadField.REQUEST_BODY);
    json.end();
  }

  private void reply(JsonWriter json, ServiceReply reply) {
    json.begin(LogField.REPLY);
    json.text(LogField.CONTENT_TYPE, reply.contentType());
    if (headers) {
      json.beginArray(LogField.HEADERS);
      for (Header each : reply.headers()) {
        header(json, each.name(), each.value());
      }
      json.endArray();
    }
    body(json, reply.body(), PayloadField.REPLY_BODY);
    json.end();
  }

  private static void header(JsonWriter json, String name, String value) {
    boolean own = !name.isEmpty() && name.charAt(0) == OWN; // not sent by the client
    if (!own && !SECRET.contains(name)) {
      json.begin();
      json.text(LogField.NAME, name);
      json.text(LogField.VALUE, value);
      json.end();
    }
  }

  /** A body that is no text is in a field of its own. */
  private void body(JsonWriter json, byte[] body, PayloadField field) {
    json.number(LogField.BYTES, body.length);
    if (has(field)) {
      json.bytes(LogField.BODY, LogField.BODY_BASE64, body);
    }
  }

  private boolean has(PayloadField field) {
    return !omitted.contains(field);
  }
}
