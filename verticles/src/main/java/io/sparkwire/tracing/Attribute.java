package io.sparkwire.tracing;

import io.opentelemetry.api.common.AttributeKey;

/**
 * The attributes of spans: those of OpenTelemetry's semantic conventions for HTTP, and our own.
 * Constants only.
 */
final class Attribute {

  static final AttributeKey<String> METHOD = AttributeKey.stringKey("http.request.method");
  static final AttributeKey<String> ORIGINAL_METHOD =
      AttributeKey.stringKey("http.request.method_original");
  static final AttributeKey<String> ROUTE = AttributeKey.stringKey("http.route");
  static final AttributeKey<Long> STATUS = AttributeKey.longKey("http.response.status_code");
  static final AttributeKey<Long> RESENT = AttributeKey.longKey("http.request.resend_count");
  static final AttributeKey<Long> RESPONSE_SIZE = AttributeKey.longKey("http.response.body.size");
  static final AttributeKey<String> SCHEME = AttributeKey.stringKey("url.scheme");
  static final AttributeKey<String> PATH = AttributeKey.stringKey("url.path");
  static final AttributeKey<String> URL = AttributeKey.stringKey("url.full");
  static final AttributeKey<String> SERVER = AttributeKey.stringKey("server.address");
  static final AttributeKey<Long> SERVER_PORT = AttributeKey.longKey("server.port");
  static final AttributeKey<String> PROTOCOL = AttributeKey.stringKey("network.protocol.version");
  static final AttributeKey<String> ERROR = AttributeKey.stringKey("error.type");

  static final AttributeKey<String> SERVICE = AttributeKey.stringKey("sparkwire.service");
  static final AttributeKey<String> REQUEST = AttributeKey.stringKey("sparkwire.request.id");
  static final AttributeKey<String> VERSION = AttributeKey.stringKey("sparkwire.version");
  static final AttributeKey<String> WORKER = AttributeKey.stringKey("sparkwire.worker");
  static final AttributeKey<Long> ATTEMPT = AttributeKey.longKey("sparkwire.attempt");

  private Attribute() {}
}
