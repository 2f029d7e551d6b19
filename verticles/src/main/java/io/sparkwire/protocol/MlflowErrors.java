package io.sparkwire.protocol;

import io.sparkwire.message.ServiceFailure;
import io.sparkwire.message.ServiceReply;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Optional;

/**
 * Failures in the form of MLflow: a JSON object with {@code error_code} and {@code message}. All
 * other replies stay as they are. Stateless.
 */
final class MlflowErrors {

  private static final int FIRST_OF_SERVER = 500;

  /** As MLflow 3.18 maps them, in {@code mlflow.exceptions}. */
  private static final Map<Integer, String> CODES =
      Map.of(
          401, "UNAUTHENTICATED",
          403, "PERMISSION_DENIED",
          404, "ENDPOINT_NOT_FOUND",
          409, "RESOURCE_CONFLICT",
          429, "RESOURCE_EXHAUSTED",
          501, "NOT_IMPLEMENTED",
          503, "TEMPORARILY_UNAVAILABLE",
          504, "DEADLINE_EXCEEDED");

  private MlflowErrors() {}

  /** The reply as clients of MLflow read it. */
  static ServiceReply of(ServiceReply reply) {
    Optional<String> detail = ServiceFailure.detail(reply);
    return detail.isEmpty() ? reply : failure(reply, detail.get());
  }

  private static ServiceReply failure(ServiceReply reply, String detail) {
    JsonObject error =
        new JsonObject().put("error_code", code(reply.status())).put("message", detail);
    return new ServiceReply(
        reply.status(), "application/json", reply.headers(), error.toBuffer().getBytes());
  }

  private static String code(int status) {
    return CODES.getOrDefault(status, status < FIRST_OF_SERVER ? "BAD_REQUEST" : "INTERNAL_ERROR");
  }
}
