package io.sparkwire.spark.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.sparkwire.spark.catalyst.VectorValues;
import java.io.IOException;
import org.apache.spark.sql.catalyst.expressions.SpecializedGetters;
import org.apache.spark.sql.catalyst.util.ArrayData;

/**
 * The writer of an ML vector, dense or sparse: a JSON array of all its values.
 *
 * <p>Runs on: task thread. Stateless, hence thread-safe.
 */
record JsonVectorWriter() implements JsonValueWriter {
  private static final int FIELDS = 4;

  @Override
  public void write(JsonGenerator json, SpecializedGetters row, int ordinal) throws IOException {
    ArrayData values = VectorValues.ofStored(row.getStruct(ordinal, FIELDS));
    json.writeStartArray();
    for (int i = 0; i < values.numElements(); i++) {
      json.writeNumber(values.getDouble(i));
    }
    json.writeEndArray();
  }
}
