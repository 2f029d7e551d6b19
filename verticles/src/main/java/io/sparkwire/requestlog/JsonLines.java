package io.sparkwire.requestlog;

/** Lines that are JSON objects, with the same fields in each. */
final class JsonLines implements LineFormat {

  private final String node;
  private final JsonWriter json;

  JsonLines(String node, Bytes out) {
    this.node = node;
    this.json = new JsonWriter(out);
  }

  @Override
  public void write(AccessEntry entry) {
    json.begin();
    json.time(LogField.TIME, entry.beganMillis());
    json.text(LogField.ID, entry.id == null ? null : entry.id.toString());
    json.text(LogField.REQUEST_ID, entry.requestId);
    json.text(LogField.NODE, node);
    json.text(LogField.SERVICE, entry.service);
    json.text(LogField.VERSION, entry.version);
    json.text(LogField.REMOTE, entry.remote == null ? null : entry.remote.hostAddress());
    json.text(LogField.PRINCIPAL, entry.principal);
    json.text(LogField.METHOD, entry.method.name());
    json.text(LogField.PATH, entry.path());
    json.text(LogField.PROTOCOL, entry.protocol);
    json.number(LogField.STATUS, entry.status);
    json.text(LogField.FAILURE, JsonWriter.name(entry.failure));
    json.number(LogField.BYTES, entry.bytes);
    ComputedBy computed = entry.computed();
    json.text(LogField.WORKER, computed.worker());
    json.number(LogField.ATTEMPTS, computed.attempts());
    json.number(LogField.QUEUE_MICROS, computed.queueMicros());
    json.number(LogField.PIPELINE_MICROS, computed.pipelineMicros());
    json.number(LogField.TOTAL_MICROS, entry.totalMicros);
    json.endLine();
  }
}
