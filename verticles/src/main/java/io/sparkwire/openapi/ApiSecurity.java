package io.sparkwire.openapi;

import io.sparkwire.message.FailureCode;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** How clients show their credentials, as OpenAPI says it. Stateless. */
final class ApiSecurity {

  private static final String API_KEY = "apiKey";
  private static final String BEARER = "bearer";
  private static final String BASIC = "basic";

  private ApiSecurity() {}

  static JsonObject schemes() {
    return new JsonObject()
        .put(
            API_KEY,
            new JsonObject().put("type", "apiKey").put("in", "header").put("name", "X-API-Key"))
        .put(
            BEARER,
            new JsonObject()
                .put("type", "http")
                .put("scheme", "bearer")
                .put("description", "An API key or a JSON Web Token"))
        .put(
            BASIC,
            new JsonObject()
                .put("type", "http")
                .put("scheme", "basic")
                .put("description", "An API key as the password"));
  }

  /** Any one of them is enough. */
  static JsonArray requirements() {
    JsonArray any = new JsonArray();
    for (String scheme : new String[] {API_KEY, BEARER, BASIC}) {
      any.add(new JsonObject().put(scheme, new JsonArray()));
    }
    return any;
  }

  /** Adds what a client gets that may not send a request. */
  static void answers(JsonObject operation) {
    for (FailureCode code :
        new FailureCode[] {FailureCode.UNAUTHENTICATED, FailureCode.FORBIDDEN}) {
      ApiResponse response =
          new ApiResponse(code.title() + " (`" + code.type() + "`)")
              .content(ApiFailures.MEDIA_TYPE, ApiFailures.problem())
              .content("application/json", new JsonObject().put("type", "object"))
              .header("WWW-Authenticate", "How to show credentials");
      operation.getJsonObject("responses").put("" + code.status(), response.toJson());
    }
  }
}
