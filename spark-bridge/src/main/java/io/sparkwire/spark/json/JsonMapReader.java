package io.sparkwire.spark.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.catalyst.util.ArrayBasedMapData;
import org.apache.spark.sql.catalyst.util.GenericArrayData;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * The reader of MAP with STRING keys: a JSON object in which every name comes once and is a key.
 *
 * <p>Runs on: task thread. Immutable, hence thread-safe.
 *
 * @param valueContainsNull whether a value may be null
 */
record JsonMapReader(JsonValueReader value, boolean valueContainsNull) implements JsonValueReader {
  @Override
  public String type() {
    return "MAP, a JSON object";
  }

  @Override
  public ArrayBasedMapData read(JsonParser parser) throws IOException {
    require(JsonToken.START_OBJECT, parser);
    Set<UTF8String> keys = new LinkedHashSet<>();
    List<Object> values = new ArrayList<>();
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      if (!Utf8.isEncodable(name)) {
        throw BadInputException.wrongValue(
            JsonPlace.path(parser), "named in Unicode text", "half of a surrogate pair");
      }
      parser.nextToken();
      if (!keys.add(UTF8String.fromString(name))) {
        throw BadInputException.repeated(JsonPlace.path(parser));
      }
      values.add(value.readOrNull(parser, valueContainsNull));
    }
    return new ArrayBasedMapData(
        new GenericArrayData(keys.toArray()), new GenericArrayData(values.toArray()));
  }
}
