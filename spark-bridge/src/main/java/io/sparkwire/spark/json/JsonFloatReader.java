package io.sparkwire.spark.json;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;

/**
 * The reader of FLOAT: a JSON number, rounded to the nearest FLOAT as Spark does, if that is
 * finite.
 *
 * <p>Runs on: task thread. Immutable, hence thread-safe.
 */
record JsonFloatReader(NonFinite nonFinite) implements JsonValueReader {

  @Override
  public String type() {
    return "FLOAT";
  }

  @Override
  public Object read(JsonParser parser) throws IOException {
    if (!parser.currentToken().isNumeric()) {
      return (float) nonFinite.read(parser, type());
    }
    float value = parser.getFloatValue();
    if (Float.isInfinite(value)) {
      throw JsonPlace.wrongValue(parser, type() + ", within ±" + Float.MAX_VALUE);
    }
    return value == 0 && JsonDoubleReader.isNegative(parser) ? -0.0f : value;
  }
}
