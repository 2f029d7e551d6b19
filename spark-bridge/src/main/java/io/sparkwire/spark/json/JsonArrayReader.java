package io.sparkwire.spark.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.catalyst.util.GenericArrayData;

/**
 * The reader of ARRAY: a JSON array whose elements are all read the same way.
 *
 * <p>Runs on: task thread. Immutable, hence thread-safe.
 *
 * @param containsNull whether an element may be null
 */
record JsonArrayReader(JsonValueReader element, boolean containsNull) implements JsonValueReader {
  @Override
  public String type() {
    return "ARRAY, a JSON array";
  }

  @Override
  public GenericArrayData read(JsonParser parser) throws IOException {
    require(JsonToken.START_ARRAY, parser);
    List<Object> elements = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      elements.add(element.readOrNull(parser, containsNull));
    }
    return new GenericArrayData(elements.toArray());
  }
}
