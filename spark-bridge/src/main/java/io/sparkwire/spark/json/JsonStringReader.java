package io.sparkwire.spark.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * The reader of STRING, CHAR and VARCHAR: a JSON string only.
 *
 * <p>A string with half of a surrogate pair, which only an escape can contain, is not text and is
 * refused. The length that CHAR and VARCHAR declare is not checked.
 *
 * <p>Runs on: task thread. Stateless, hence thread-safe.
 */
record JsonStringReader() implements JsonValueReader {
  @Override
  public String type() {
    return "STRING";
  }

  @Override
  public UTF8String read(JsonParser parser) throws IOException {
    require(JsonToken.VALUE_STRING, parser);
    char[] chars = parser.getTextCharacters();
    int offset = parser.getTextOffset();
    byte[] ascii = new byte[parser.getTextLength()];
    for (int at = 0; at < ascii.length; at++) {
      char c = chars[offset + at];
      if (c >= 0x80) {
        return readBeyondAscii(parser);
      }
      ascii[at] = (byte) c;
    }
    return UTF8String.fromBytes(ascii);
  }

  private static UTF8String readBeyondAscii(JsonParser parser) throws IOException {
    String text = parser.getText();
    if (!Utf8.isEncodable(text)) {
      throw JsonPlace.wrongValue(parser, "STRING, Unicode text without half surrogate pairs");
    }
    return UTF8String.fromString(text);
  }
}
