package io.sparkwire.requestlog;

import java.io.IOException;
import java.io.OutputStream;

/** Lines that are JSON objects, with the same fields in each. */
final class JsonLines implements LineFormat {

  private final String node;
  private final JsonWriter json;

  JsonLines(String node, OutputStream out) {
    this.node = node;
    this.json = JsonWriter.ascii(out);
  }

  @Override
  public void write(AccessEntry entry) throws IOException {
    json.begin();
    json.time("time", entry.beganMillis());
    json.text("id", entry.id == null ? null : entry.id.toString());
    json.text("requestId", entry.requestId);
    json.text("node", node);
    json.text("service", entry.service);
    json.text("version", entry.version);
    json.text("remote", entry.remote == null ? null : entry.remote.hostAddress());
    json.text("principal", entry.principal);
    json.text("method", entry.method.name());
    json.text("path", entry.path());
    json.text("protocol", entry.protocolName());
    json.number("status", entry.status);
    json.text("failure", JsonWriter.name(entry.failure));
    json.number("bytes", entry.bytes);
    ComputedBy computed = entry.computed();
    json.text("worker", computed.worker());
    json.number("attempts", computed.attempts());
    json.number("queueMicros", computed.queueMicros());
    json.number("pipelineMicros", computed.pipelineMicros());
    json.number("totalMicros", entry.totalMicros);
    json.endLine();
  }
}
