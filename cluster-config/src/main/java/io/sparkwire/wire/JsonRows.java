package io.sparkwire.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** Makes rows that are JSON objects of tensors. Stateless. */
final class JsonRows {

  private static final JsonFactory JSON = new JsonFactory();

  private JsonRows() {}

  /** The rows of tensors that all have the same number of them. */
  static RowBodies of(List<Tensor> tensors) {
    int number = tensors.get(0).rows();
    List<byte[]> rows = new ArrayList<>(number);
    for (int row = 0; row < number; row++) {
      rows.add(row(tensors, row));
    }
    return new RowBodies(JsonArrayFormat.ROW_TYPE, rows);
  }

  private static byte[] row(List<Tensor> tensors, int row) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      json.writeStartObject();
      for (Tensor tensor : tensors) {
        json.writeFieldName(tensor.name());
        write(tensor, row, json);
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e); // nothing is written to but memory
    }
    return bytes.toByteArray();
  }

  private static void write(Tensor tensor, int row, JsonGenerator json) throws IOException {
    if (!tensor.column().isArray()) {
      tensor.values().write(row, json);
      return;
    }
    json.writeStartArray();
    for (int at = row * tensor.width(); at < (row + 1) * tensor.width(); at++) {
      tensor.values().write(at, json);
    }
    json.writeEndArray();
  }
}
