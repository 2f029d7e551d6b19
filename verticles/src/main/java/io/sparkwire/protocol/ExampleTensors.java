package io.sparkwire.protocol;

import io.sparkwire.message.ServiceSchema;
import io.sparkwire.wire.RowFormats;
import io.sparkwire.wire.TensorColumn;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** Tensors of one row, as an example of a request. Stateless. */
final class ExampleTensors {

  /** Where it is not known what the pipeline reads. */
  private static final JsonObject ANY =
      JsonObject.of("name", "value", "datatype", "FP64", "shape", List.of(1), "data", List.of(1.0));

  private ExampleTensors() {}

  /**
   * The inputs of a request.
   *
   * @param row an example of a row of that schema
   */
  static JsonArray of(ServiceSchema schema, JsonObject row) {
    List<TensorColumn> columns = RowFormats.inputs(schema);
    return columns.isEmpty()
        ? JsonArray.of(ANY)
        : new JsonArray(columns.stream().map(column -> tensor(column, row)).toList());
  }

  private static JsonObject tensor(TensorColumn column, JsonObject row) {
    Object value = row.getValue(column.name());
    JsonArray data =
        column.isArray() && value instanceof JsonArray array
            ? array
            : JsonArray.of(element(column, value));
    JsonArray shape = column.isArray() ? JsonArray.of(1, data.size()) : JsonArray.of(1);
    return JsonObject.of(
        "name", column.name(), "datatype", column.type().name(), "shape", shape, "data", data);
  }

  private static Object element(TensorColumn column, Object value) {
    return column.form() == TensorColumn.Form.NESTED ? Json.encode(value) : value;
  }
}
