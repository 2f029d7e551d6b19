package io.sparkwire.protocol;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** Parts of JSON schemas that the protocols' descriptions share. Stateless. */
final class JsonSchemas {

  private JsonSchemas() {}

  static JsonObject type(String name) {
    return new JsonObject().put("type", name);
  }

  static JsonObject array(JsonObject items) {
    return type("array").put("items", items);
  }

  /** An object that must have this member. */
  static JsonObject object(String member, JsonObject schema) {
    return type("object")
        .put("required", JsonArray.of(member))
        .put("properties", new JsonObject().put(member, schema));
  }
}
