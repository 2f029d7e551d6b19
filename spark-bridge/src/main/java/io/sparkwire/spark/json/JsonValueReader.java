package io.sparkwire.spark.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.OptionalInt;

/**
 * The way one type of a schema is read from JSON into Catalyst's form.
 *
 * <p>Runs on: task thread. Stateless, hence thread-safe.
 */
interface JsonValueReader {
  /** The type's name in a message, like {@code DOUBLE}; may be costly. */
  String type();

  /**
   * The value whose first token is the parser's current one; afterwards its last token is.
   *
   * @throws BadInputException if it is not a value of this type; null never is
   */
  Object read(JsonParser parser) throws IOException;

  /** As {@link #read}, but null stays null where it is allowed. */
  default Object readOrNull(JsonParser parser, boolean nullable) throws IOException {
    if (!parser.hasToken(JsonToken.VALUE_NULL)) {
      return read(parser);
    }
    if (nullable) {
      return null;
    }
    throw BadInputException.isNull(JsonPlace.path(parser), type());
  }

  /** Refuses the current token unless it is the one that every value of this type begins with. */
  default void require(JsonToken first, JsonParser parser) throws IOException {
    if (!parser.hasToken(first)) {
      throw JsonPlace.wrongValue(parser, type());
    }
  }

  /** Refuses an array of that length, at the parser's position, unless it may have it. */
  default void requireSize(OptionalInt size, int length, JsonParser parser) {
    if (size.isPresent() && size.getAsInt() != length) {
      throw BadInputException.wrongValue(
          JsonPlace.path(parser), type(), "an array of %d".formatted(length));
    }
  }
}
