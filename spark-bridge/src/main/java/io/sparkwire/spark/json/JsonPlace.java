package io.sparkwire.spark.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/**
 * A parser's position in a body, in words for the sender of the body.
 *
 * <p>It is worked out from the parser only when something is wrong there, so that good values pay
 * nothing for it.
 *
 * <p>Runs on: task thread. Stateless.
 */
final class JsonPlace {
  /** How many characters of a value or name are shown before it is cut. */
  static final int SHOWN_LENGTH = 40;

  private JsonPlace() {}

  /** The error that the value at the parser's position is not what was expected. */
  static BadInputException wrongValue(JsonParser parser, String expected) throws IOException {
    return BadInputException.wrongValue(path(parser), expected, found(parser));
  }

  /** The path of the value at the parser's position, like {@code items[3].price}. */
  static String path(JsonParser parser) {
    JsonStreamContext context = parser.getParsingContext();
    boolean opened =
        parser.hasToken(JsonToken.START_OBJECT) || parser.hasToken(JsonToken.START_ARRAY);
    return pathTo(opened ? context.getParent() : context).toString();
  }

  /** The path of a field that the object that has just ended lacks. */
  static String pathOfLacking(JsonParser parser, String name) {
    return withName(pathTo(parser.getParsingContext()), name).toString();
  }

  private static StringBuilder pathTo(JsonStreamContext context) {
    if (context.inRoot()) {
      return new StringBuilder();
    }
    StringBuilder path = pathTo(context.getParent());
    if (context.inArray()) {
      return path.append('[').append(context.getCurrentIndex()).append(']');
    }
    return withName(path, shown(context.getCurrentName()));
  }

  private static StringBuilder withName(StringBuilder path, String name) {
    return path.append(path.isEmpty() ? "" : ".").append(name);
  }

  /** The token at the parser's position, with its value shortened. */
  static String found(JsonParser parser) throws IOException {
    return switch (parser.currentToken()) {
      case START_OBJECT -> "an object";
      case START_ARRAY -> "an array";
      case VALUE_NULL -> "null";
      case VALUE_TRUE, VALUE_FALSE -> "the boolean " + parser.getText();
      case VALUE_STRING -> "a string \"" + shown(parser.getText()) + '"';
      default -> "the number " + shown(parser.getText());
    };
  }

  /** A value, shortened. */
  static String shown(String text) {
    return text.length() <= SHOWN_LENGTH ? text : text.substring(0, SHOWN_LENGTH - 1) + '…';
  }
}
