package io.sparkwire.spark.json;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import org.apache.spark.sql.catalyst.expressions.SpecializedGetters;
import org.apache.spark.sql.catalyst.util.ArrayData;

/**
 * The writer of ARRAY: a JSON array, in which null elements are {@code null}.
 *
 * <p>Runs on: task thread. Immutable, hence thread-safe.
 */
record JsonArrayWriter(JsonValueWriter element) implements JsonValueWriter {
  @Override
  public void write(JsonGenerator json, SpecializedGetters row, int ordinal) throws IOException {
    ArrayData array = row.getArray(ordinal);
    json.writeStartArray();
    for (int i = 0; i < array.numElements(); i++) {
      element.writeOrNull(json, array, i);
    }
    json.writeEndArray();
  }
}
