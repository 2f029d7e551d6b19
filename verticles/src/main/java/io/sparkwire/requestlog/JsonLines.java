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
    json.id(LogField.ID, entry.id());
    json.repeated(LogField.REQUEST_ID, entry.requestId());
    json.repeated(LogField.NODE, node);
    json.repeated(LogField.SERVICE, entry.service());
    json.repeated(LogField.VERSION, entry.version());
    json.repeated(LogField.REMOTE, entry.remote());
    json.repeated(LogField.PRINCIPAL, entry.principal());
    json.repeated(LogField.METHOD, entry.method());
    json.repeated(LogField.PATH, entry.path());
    json.repeated(LogField.PROTOCOL, entry.protocol());
    json.number(LogField.STATUS, entry.status());
    json.repeated(LogField.FAILURE, entry.failure());
    json.number(LogField.BYTES, entry.bytes());
    ComputedBy computed = entry.computed();
    json.repeated(LogField.WORKER, computed.worker());
    json.number(LogField.ATTEMPTS, computed.attempts());
    json.number(LogField.QUEUE_MICROS, computed.queueMicros());
    json.number(LogField.PIPELINE_MICROS, computed.pipelineMicros());
    json.number(LogField.TOTAL_MICROS, entry.totalMicros());
    json.endLine();
  }
}
