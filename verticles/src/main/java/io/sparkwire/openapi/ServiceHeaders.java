package io.sparkwire.openapi;

import io.sparkwire.message.ServiceSpec;
import io.vertx.core.json.JsonObject;

/** The header fields of a service's requests and responses. Stateless. */
public final class ServiceHeaders {

  private static final String REQUEST_ID = "X-Request-Id";

  /** A string of RFC 8941, or without quotes one that is not ambiguous. */
  private static final String KEY =
      "^(?:\"(?:[ !#-\\[\\]-~]|\\\\[\"\\\\])+\"|[!#-+\\--:<-\\[\\]-~]+)$";

  private ServiceHeaders() {}

  /** Adds those that a request may have. */
  public static void addTo(ApiOperation operation, ServiceSpec spec) {
    operation.header(REQUEST_ID, "A name for the request, which the response has too");
    if (spec.retention().hasIdempotency()) {
      operation.header(
          "Idempotency-Key",
          "A text in quotes; the same request with the same key gets the one reply that is kept",
          new JsonObject().put("type", "string").put("pattern", KEY).put("maxLength", 255));
    }
    if (spec.retention().hasAsync()) {
      operation.header("Prefer", "`respond-async`: the reply is to be kept, and fetched later");
    }
  }

  /** Adds those that every response may have. */
  public static void addTo(ApiResponse response, ServiceSpec spec) {
    response.header(REQUEST_ID, "The name of the request");
    if (spec.responses().serverTiming()) {
      response.header("Server-Timing", "How long each part of the work took, in milliseconds");
    }
  }
}
