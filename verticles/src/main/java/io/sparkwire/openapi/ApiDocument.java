package io.sparkwire.openapi;

import io.sparkwire.message.ServicePath;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** A document of OpenAPI 3.1, as it is put together. Not thread-safe. */
public final class ApiDocument {

  /** The methods that OpenAPI has a place for. */
  private static final Set<String> METHODS =
      Set.of("GET", "PUT", "POST", "DELETE", "OPTIONS", "HEAD", "PATCH", "TRACE");

  private final JsonObject info;
  private final Map<String, Path> paths = new LinkedHashMap<>();
  private final Map<String, JsonObject> schemas = new TreeMap<>();
  private boolean guarded;

  /**
   * One path, which may have other names of parameters for the service that has another method of
   * it.
   *
   * @param path as it was first added
   */
  private record Path(ServicePath path, Map<String, JsonObject> operations) {}

  ApiDocument(String title, String version) {
    this.info = new JsonObject().put("title", title).put("version", version);
    schemas.put(ApiFailures.SCHEMA, ApiFailures.schema());
  }

  /**
   * Adds what one method of a path does. A service keeps a path and method that was added before,
   * as in a listener; a method that OpenAPI does not know is left out.
   */
  public void add(ServicePath path, String method, ApiOperation operation) {
    if (METHODS.contains(method)) {
      paths
          .computeIfAbsent(path.shape(), shape -> new Path(path, new TreeMap<>()))
          .operations()
          .putIfAbsent(method.toLowerCase(Locale.ROOT), operation.toJson());
    }
  }

  /**
   * Adds a schema under a name of letters, digits, dot, dash and underscore.
   *
   * @return a reference to it
   */
  public JsonObject schema(String name, JsonObject schema) {
    schemas.put(name, schema);
    return reference(name);
  }

  static JsonObject reference(String schema) {
    return new JsonObject().put("$ref", "#/components/schemas/" + schema);
  }

  /** Says that all of it is for clients with credentials, and how they show them. */
  void guard() {
    guarded = true;
  }

  JsonObject toJson() {
    JsonObject all = new JsonObject();
    paths.values().forEach(path -> all.put(template(path.path()), toJson(path)));
    JsonObject components = new JsonObject().put("schemas", object(schemas));
    JsonObject document =
        new JsonObject()
            .put("openapi", "3.1.0")
            .put("info", info)
            .put("paths", all)
            .put("components", components);
    if (guarded) {
      components.put("securitySchemes", ApiSecurity.schemes());
      document.put("security", ApiSecurity.requirements());
      paths.values().forEach(path -> path.operations().values().forEach(ApiSecurity::answers));
    }
    return document;
  }

  /** As in {@code /models/{name}}. */
  private static String template(ServicePath path) {
    return path.text().replaceAll("/:(\\w+)", "/{$1}");
  }

  private static JsonObject toJson(Path path) {
    JsonObject item = new JsonObject();
    List<String> names = path.path().parameters();
    if (!names.isEmpty()) {
      item.put("parameters", new JsonArray(names.stream().map(ApiDocument::parameter).toList()));
    }
    return item.mergeIn(object(path.operations()));
  }

  private static JsonObject parameter(String name) {
    return new JsonObject()
        .put("name", name)
        .put("in", "path")
        .put("required", true)
        .put("schema", new JsonObject().put("type", "string").put("minLength", 1));
  }

  private static JsonObject object(Map<String, JsonObject> members) {
    JsonObject object = new JsonObject();
    members.forEach(object::put);
    return object;
  }
}
