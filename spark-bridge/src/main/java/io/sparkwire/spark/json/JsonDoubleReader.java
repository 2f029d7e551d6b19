package io.sparkwire.spark.json;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;

/**
 * The reader of DOUBLE: a JSON number, rounded to the nearest, if that is finite.
 *
 * <p>Runs on: task thread. Immutable, hence thread-safe.
 */
record JsonDoubleReader(NonFinite nonFinite) implements JsonValueReader {

  @Override
  public String type() {
    return "DOUBLE";
  }

  @Override
  public Object read(JsonParser parser) throws IOException {
    return readDouble(parser);
  }

  /** As {@link #read}, without the box. */
  double readDouble(JsonParser parser) throws IOException {
    if (!parser.currentToken().isNumeric()) {
      return nonFinite.read(parser, type());
    }
    double value = parser.getDoubleValue();
    if (Double.isInfinite(value)) {
      throw JsonPlace.wrongValue(parser, type() + ", within ±" + Double.MAX_VALUE);
    }
    return value == 0 && isNegative(parser) ? -0.0 : value;
  }

  /** Whether a number has a minus sign; a zero is the only one that loses it in Jackson. */
  static boolean isNegative(JsonParser parser) throws IOException {
    return parser.getTextCharacters()[parser.getTextOffset()] == '-';
  }
}
