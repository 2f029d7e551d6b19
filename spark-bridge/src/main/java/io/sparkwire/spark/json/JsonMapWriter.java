package io.sparkwire.spark.json;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.spark.sql.catalyst.expressions.SpecializedGetters;
import org.apache.spark.sql.catalyst.util.MapData;

/**
 * The writer of MAP: a JSON object, in which each key is a name.
 *
 * <p>{@code from_json} makes maps in which a key comes twice. Then the last value is written, which
 * is also what readers of such JSON usually take.
 *
 * <p>Runs on: task thread. Immutable, hence thread-safe.
 */
record JsonMapWriter(JsonPlainText key, JsonValueWriter value) implements JsonValueWriter {
  @Override
  public void write(JsonGenerator json, SpecializedGetters row, int ordinal) throws IOException {
    MapData map = row.getMap(ordinal);
    int size = map.numElements();
    String[] names = new String[size];
    for (int i = 0; i < size; i++) {
      names[i] = key.of(map.keyArray(), i);
    }
    Map<String, Integer> last = size < 2 ? null : new HashMap<>(2 * size);
    for (int i = 0; i < size && last != null; i++) {
      last.put(names[i], i);
    }
    json.writeStartObject();
    for (int i = 0; i < size; i++) {
      if (last == null || last.get(names[i]) == i) {
        json.writeFieldName(names[i]);
        value.writeOrNull(json, map.valueArray(), i);
      }
    }
    json.writeEndObject();
  }
}
