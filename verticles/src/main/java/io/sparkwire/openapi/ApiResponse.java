package io.sparkwire.openapi;

import io.vertx.core.json.JsonObject;

/** One response of an operation, as it is put together. Not thread-safe. */
public final class ApiResponse {

  private final String description;
  private final JsonObject headers = new JsonObject();
  private final JsonObject content = new JsonObject();

  /**
   * @param description in Markdown
   */
  public ApiResponse(String description) {
    this.description = description;
  }

  /** May have a body of that media type. */
  public ApiResponse content(String mediaType, JsonObject schema) {
    content.put(mediaType, new JsonObject().put("schema", schema));
    return this;
  }

  /** May have a header field. */
  public ApiResponse header(String name, String description) {
    JsonObject schema = new JsonObject().put("type", "string");
    headers.put(name, new JsonObject().put("description", description).put("schema", schema));
    return this;
  }

  JsonObject toJson() {
    JsonObject response = new JsonObject().put("description", description);
    if (!headers.isEmpty()) {
      response.put("headers", headers);
    }
    return content.isEmpty() ? response : response.put("content", content);
  }
}
