package io.sparkwire.openapi;

import io.sparkwire.message.ServiceSpec;
import io.sparkwire.schema.Column;
import io.sparkwire.schema.ColumnType;
import io.sparkwire.schema.ColumnType.Struct;
import io.sparkwire.schema.Ddl;
import io.sparkwire.schema.Example;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** The bodies of requests that a service takes, by the schema of them. Immutable. */
public final class RequestBodies {

  private static final String JSON = "application/json";
  private static final String ROW = "An object for the row of the request.";

  /** In words, for no JSON schema says what lines and records are. */
  private static final String ROWS =
      "An object for one row, or an array with an object for each of many. They may also be lines"
          + " of JSON (`application/x-ndjson`), or records of CSV (`text/csv`), of which the first"
          + " has the names of the columns. Most rows of a request: ";

  private final ServiceSpec spec;

  /** Of one row; null if the pipeline may read any body. */
  private final List<Column> columns;

  private final JsonObject schema;

  /** Those of a service; its schema of rows becomes one of the document. */
  public RequestBodies(ServiceSpec spec, ApiDocument document) {
    ColumnType type = Ddl.known(spec.schema().body()).orElse(null);
    this.spec = spec;
    this.columns = type instanceof Struct struct ? struct.columns() : null;
    this.schema =
        columns == null
            ? TypeSchemas.any()
            : document.schema(spec.name() + ".request", TypeSchemas.REQUESTS.of(columns));
  }

  /** Adds them to what a method takes. */
  void addTo(ApiOperation operation) {
    if (columns == null) {
      addAny(operation);
      return;
    }
    boolean batch = spec.route().batch();
    operation
        .takes(JSON, batch ? oneOrMany() : schema, example())
        .requiresBody(batch ? ROWS + spec.limits().maxRows() : ROW);
  }

  /** The schema of a row in JSON. */
  public JsonObject row() {
    return schema;
  }

  /** A row as an example; empty if the pipeline may read any. */
  public JsonObject example() {
    return columns == null ? new JsonObject() : Example.of(columns);
  }

  private void addAny(ApiOperation operation) {
    JsonObject text = new JsonObject().put("type", "string");
    operation.takes("text/plain", text, "some text");
    operation.takes(JSON, TypeSchemas.any(), null);
    operation.takes("application/octet-stream", TypeSchemas.any(), null);
  }

  private JsonObject oneOrMany() {
    JsonObject rows = new JsonObject().put("type", "array").put("items", schema);
    return new JsonObject().put("anyOf", JsonArray.of(schema, rows));
  }
}
