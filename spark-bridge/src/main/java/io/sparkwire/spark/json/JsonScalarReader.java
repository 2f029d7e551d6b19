package io.sparkwire.spark.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Base64;

/**
 * The readers of the plain types that need no parameter: BOOLEAN, FLOAT, DOUBLE and BINARY.
 *
 * <p>Runs on: task thread. Stateless, hence thread-safe.
 */
enum JsonScalarReader implements JsonValueReader {
  /** {@code true} or {@code false}. */
  BOOLEAN {
    @Override
    public Object read(JsonParser parser) throws IOException {
      if (parser.hasToken(JsonToken.VALUE_TRUE)) {
        return true;
      }
      require(JsonToken.VALUE_FALSE, parser);
      return false;
    }
  },

  /** A JSON number, rounded to the nearest FLOAT as Spark does, if that is finite. */
  FLOAT {
    @Override
    public Object read(JsonParser parser) throws IOException {
      requireNumber(parser, type());
      float value = parser.getFloatValue();
      if (Float.isInfinite(value)) {
        throw JsonPlace.wrongValue(parser, type() + ", within ±" + Float.MAX_VALUE);
      }
      return value == 0 && isNegative(parser) ? -0.0f : value;
    }
  },

  /** A JSON number, rounded to the nearest DOUBLE, if that is finite. */
  DOUBLE {
    @Override
    public Object read(JsonParser parser) throws IOException {
      return readDouble(parser);
    }
  },

  /** A JSON string in the base64 of RFC 4648, padded. */
  BINARY {
    @Override
    public Object read(JsonParser parser) throws IOException {
      require(JsonToken.VALUE_STRING, parser);
      String text = parser.getText();
      if (text.length() % 4 != 0) {
        throw notBase64(parser);
      }
      try {
        return Base64.getDecoder().decode(text);
      } catch (IllegalArgumentException illegalCharacter) {
        throw notBase64(parser);
      }
    }

    private BadInputException notBase64(JsonParser parser) throws IOException {
      return JsonPlace.wrongValue(parser, "BINARY, a base64 string");
    }
  };

  @Override
  public String type() {
    return name();
  }

  /** As {@link #DOUBLE}, without the box. */
  static double readDouble(JsonParser parser) throws IOException {
    requireNumber(parser, "DOUBLE");
    double value = parser.getDoubleValue();
    if (Double.isInfinite(value)) {
      throw JsonPlace.wrongValue(parser, "DOUBLE, within ±" + Double.MAX_VALUE);
    }
    return value == 0 && isNegative(parser) ? -0.0 : value;
  }

  /** Whether a number has a minus sign; a zero is the only one that loses it in Jackson. */
  static boolean isNegative(JsonParser parser) throws IOException {
    return parser.getTextCharacters()[parser.getTextOffset()] == '-';
  }

  private static void requireNumber(JsonParser parser, String type) throws IOException {
    if (!parser.currentToken().isNumeric()) {
      throw JsonPlace.wrongValue(parser, type);
    }
  }
}
