package io.sparkwire.openapi;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.TreeMap;

/** What one method of a path does, as it is put together. Not thread-safe. */
public final class ApiOperation {

  private final JsonObject head;
  private final JsonArray parameters = new JsonArray();
  private final JsonObject content = new JsonObject();
  private final JsonObject body = new JsonObject();
  private final Map<String, JsonObject> responses = new TreeMap<>();

  /**
   * @param id unique in the document
   * @param tag under which the page shows it; the name of a service or protocol
   * @param summary in a few words
   */
  public ApiOperation(String id, String tag, String summary) {
    this.head =
        new JsonObject()
            .put("operationId", id)
            .put("tags", JsonArray.of(tag))
            .put("summary", summary);
  }

  /** Says more of it, in Markdown. */
  public ApiOperation description(String markdown) {
    head.put("description", markdown);
    return this;
  }

  /** Takes a header field, of any text, that clients may send or leave out. */
  public ApiOperation header(String name, String description) {
    return header(name, description, new JsonObject().put("type", "string"));
  }

  /** The same of texts that the schema allows. */
  public ApiOperation header(String name, String description, JsonObject schema) {
    parameters.add(
        new JsonObject()
            .put("name", name)
            .put("in", "header")
            .put("description", description)
            .put("schema", schema));
    return this;
  }

  /**
   * Takes bodies of that media type.
   *
   * @param example null for none
   */
  public ApiOperation takes(String mediaType, JsonObject schema, Object example) {
    JsonObject taken = new JsonObject().put("schema", schema);
    content.put(mediaType, example == null ? taken : taken.put("example", example));
    return this;
  }

  /**
   * Refuses requests without a body.
   *
   * @param description of bodies, in Markdown
   */
  public ApiOperation requiresBody(String description) {
    body.put("required", true).put("description", description);
    return this;
  }

  /**
   * Answers so.
   *
   * @param status a number, or {@code default} for all others
   */
  public ApiOperation answers(String status, ApiResponse response) {
    responses.put(status, response.toJson());
    return this;
  }

  JsonObject toJson() {
    JsonObject operation = head.copy();
    if (!parameters.isEmpty()) {
      operation.put("parameters", parameters);
    }
    if (!content.isEmpty()) {
      operation.put("requestBody", body.put("content", content));
    }
    JsonObject all = new JsonObject();
    responses.forEach(all::put);
    return operation.put("responses", all);
  }
}
