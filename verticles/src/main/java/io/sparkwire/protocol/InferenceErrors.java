package io.sparkwire.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sparkwire.message.ServiceFailure;
import io.sparkwire.message.ServiceReply;
import io.vertx.core.json.JsonObject;

/**
 * Failures in the form of the Open Inference Protocol, with status and header fields as they are.
 * All other replies stay as they are. Stateless.
 */
final class InferenceErrors {

  private static final int FIRST_ERROR = 400;

  private InferenceErrors() {}

  /** The same reply, or an error that says what it says. */
  static ServiceReply of(ServiceReply reply) {
    if (reply.status() < FIRST_ERROR) {
      return reply;
    }
    String said = ServiceFailure.detail(reply).orElseGet(() -> new String(reply.body(), UTF_8));
    byte[] body = JsonObject.of("error", said).encode().getBytes(UTF_8);
    return new ServiceReply(reply.status(), "application/json", reply.headers(), body);
  }
}
