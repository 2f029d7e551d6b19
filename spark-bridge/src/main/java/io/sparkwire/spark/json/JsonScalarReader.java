package io.sparkwire.spark.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Base64;

/**
 * The readers of the plain types that need no parameter: BOOLEAN and BINARY.
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
}
