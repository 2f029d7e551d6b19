package io.sparkwire.openapi;

import io.sparkwire.message.ServiceReply;
import io.sparkwire.message.ServiceSpec;
import io.sparkwire.schema.ColumnType;
import io.sparkwire.schema.ColumnType.Plain;
import io.sparkwire.schema.Ddl;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Optional;

/** The responses of a service by the schema of its replies. Immutable. */
public final class ServiceResponses {

  private static final String JSON = "application/json";

  private final ServiceSpec spec;
  private final String mediaType;
  private final JsonObject schema;

  private ServiceResponses(ServiceSpec spec, String mediaType, JsonObject schema) {
    this.spec = spec;
    this.mediaType = mediaType;
    this.schema = schema;
  }

  /** Those of a service; its schema of replies becomes one of the document. */
  public static ServiceResponses of(ServiceSpec spec, ApiDocument document) {
    Optional<ColumnType> known = Ddl.known(spec.schema().reply());
    if (known.isEmpty()) {
      return new ServiceResponses(spec, "*/*", TypeSchemas.any());
    }
    ColumnType type = known.get();
    if (type == Plain.STRING) {
      return new ServiceResponses(spec, "text/plain", TypeSchemas.REPLIES.of(type));
    }
    if (type == Plain.BINARY) {
      return new ServiceResponses(spec, "application/octet-stream", TypeSchemas.any());
    }
    JsonObject schema = document.schema(spec.name() + ".reply", TypeSchemas.REPLIES.of(type));
    return new ServiceResponses(spec, JSON, schema);
  }

  /** Adds the reply of the pipeline, and the failures that there may be in its place. */
  public void addTo(ApiOperation operation) {
    ApiFailures.add(operation, spec, ApiFailures.of(spec));
    operation.answers("200", ok()).answers("204", none()).answers("default", other());
  }

  private ApiResponse ok() {
    return reply("The reply");
  }

  private ApiResponse none() {
    boolean dropped = spec.responses().noRow() == ServiceReply.NO_CONTENT;
    return withHeaders(
        new ApiResponse(
            dropped
                ? "The reply is null, or the pipeline has left out the row of the request"
                : "The reply is null"));
  }

  private ApiResponse other() {
    return reply("Another status that the pipeline gives its reply");
  }

  private ApiResponse reply(String description) {
    ApiResponse response = withHeaders(new ApiResponse(description));
    if (!spec.route().batch()) {
      return response.content(mediaType, schema);
    }
    if (!mediaType.equals(JSON)) {
      response.content(mediaType, schema);
    }
    JsonObject json =
        mediaType.equals(JSON)
            ? new JsonObject().put("anyOf", JsonArray.of(schema, rows()))
            : rows();
    return response
        .content(JSON, json)
        .content("application/x-ndjson", new JsonObject().put("type", "string"));
  }

  /** The schema of an array of replies to many rows. */
  public JsonObject rows() {
    JsonObject none = new JsonObject().put("type", "null");
    JsonObject row =
        mediaType.equals(JSON)
            ? new JsonObject().put("anyOf", JsonArray.of(schema, none))
            : TypeSchemas.any();
    return new JsonObject().put("type", "array").put("items", row);
  }

  private ApiResponse withHeaders(ApiResponse response) {
    ServiceHeaders.addTo(response, spec);
    return response;
  }
}
