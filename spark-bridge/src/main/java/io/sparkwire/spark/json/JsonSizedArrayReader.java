package io.sparkwire.spark.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.OptionalInt;
import org.apache.spark.sql.catalyst.util.GenericArrayData;

/**
 * The reader of ARRAY with a size: a JSON array of that many elements.
 *
 * <p>Apart from {@link JsonArrayReader}, so that arrays without a size cost nothing more. Runs on:
 * task thread. Immutable, hence thread-safe.
 *
 * @param array reads the elements, however many they are
 * @param size how many there must be
 */
record JsonSizedArrayReader(JsonArrayReader array, int size) implements JsonValueReader {
  @Override
  public String type() {
    return "%s of %d elements".formatted(array.type(), size);
  }

  @Override
  public GenericArrayData read(JsonParser parser) throws IOException {
    require(JsonToken.START_ARRAY, parser);
    GenericArrayData read = array.read(parser);
    requireSize(OptionalInt.of(size), read.numElements(), parser);
    return read;
  }
}
