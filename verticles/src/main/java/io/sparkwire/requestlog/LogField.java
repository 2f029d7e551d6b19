package io.sparkwire.requestlog;

import static java.nio.charset.StandardCharsets.US_ASCII;

/** The names of JSON fields in logs of requests. */
enum LogField {
  TIME("time"),
  ID("id"),
  REQUEST_ID("requestId"),
  NODE("node"),
  SERVICE("service"),
  VERSION("version"),
  REMOTE("remote"),
  PRINCIPAL("principal"),
  METHOD("method"),
  PATH("path"),
  URI("uri"),
  PROTOCOL("protocol"),
  STATUS("status"),
  FAILURE("failure"),
  BYTES("bytes"),
  WORKER("worker"),
  ATTEMPTS("attempts"),
  QUEUE_MICROS("queueMicros"),
  PIPELINE_MICROS("pipelineMicros"),
  TOTAL_MICROS("totalMicros"),
  REQUEST("request"),
  REPLY("reply"),
  CONTENT_TYPE("contentType"),
  HEADERS("headers"),
  NAME("name"),
  VALUE("value"),
  BODY("body"),
  BODY_BASE64("bodyBase64");

  @SuppressWarnings("Immutable") // never written to
  private final byte[] name;

  LogField(String name) {
    this.name = ('"' + name + "\":").getBytes(US_ASCII);
  }

  /** As it stands before a value. */
  byte[] quotedName() {
    return name;
  }
}
