package io.sparkwire.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/**
 * A JSON body that is cut into values as they were written, so that numbers keep their digits.
 *
 * <p>It checks the structure of the body, and not what is in a string; rows are read again,
 * strictly, by the parser of the service's schema. Runs on: task thread. Not thread-safe.
 */
public final class RawJson implements Closeable {

  private static final int FEW_VALUES = 8;
  private static final int SHOWN_LENGTH = 40;

  /** The length of a byte-order mark. */
  private static final int MARK_LENGTH = 3;

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .disable(JsonFactory.Feature.CHARSET_DETECTION)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .build();

  private final byte[] body;
  private final int begin;
  private final JsonParser parser;

  /** Before the first token. */
  public RawJson(byte[] body) throws IOException {
    this.body = body;
    this.begin = begin(body);
    this.parser = JSON.createParser(body, begin, body.length - begin);
  }

  /** Where a body begins: after a byte-order mark. */
  static int begin(byte[] body) {
    boolean marked =
        body.length >= MARK_LENGTH
            && body[0] == (byte) 0xEF
            && body[1] == (byte) 0xBB
            && body[2] == (byte) 0xBF;
    return marked ? MARK_LENGTH : 0;
  }

  /** Moves to the next token; null at the end of the body. */
  public JsonToken next() throws IOException {
    return parser.nextToken();
  }

  boolean at(JsonToken token) {
    return parser.hasToken(token);
  }

  /**
   * @param place what clients call the value at hand
   * @param what it must be, in words
   */
  void require(JsonToken token, String place, String what) throws BadRowsException {
    if (!at(token)) {
      throw BadRowsException.malformed("'" + place + "' must be " + what + ", got " + found());
    }
  }

  /** The name of the field at hand, or of the one whose value is at hand. */
  String name() throws IOException {
    return parser.currentName();
  }

  /** The string at hand, or the name of the field at hand, with its quotation marks. */
  byte[] quoted() {
    int from = from();
    int to = from + 1;
    while (body[to] != '"') {
      to += body[to] == '\\' ? 2 : 1;
    }
    return Arrays.copyOfRange(body, from, to + 1);
  }

  /** Passes over the value at hand. */
  void skip() throws IOException {
    if (parser.currentToken().isStructStart()) {
      parser.skipChildren();
    } else {
      parser.finishToken();
    }
  }

  /** Where in the body each value of the array at hand begins and ends: two numbers a value. */
  public int[] elements() throws IOException {
    int[] bounds = new int[2 * FEW_VALUES];
    int length = 0;
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (length == bounds.length) {
        bounds = Arrays.copyOf(bounds, 2 * length);
      }
      bounds[length++] = from();
      bounds[length++] = end();
    }
    return Arrays.copyOf(bounds, length);
  }

  /**
   * Adds each value of the array at hand to the rows.
   *
   * @param most how many there may be
   */
  void elements(int most, List<byte[]> rows) throws IOException, BadRowsException {
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (rows.size() == most) {
        throw BadRowsException.tooMany(most);
      }
      int from = from();
      rows.add(Arrays.copyOfRange(body, from, end()));
    }
  }

  /** Where the token at hand begins. */
  private int from() {
    return begin + (int) parser.currentTokenLocation().getByteOffset();
  }

  /** Where the value at hand ends. */
  private int end() throws IOException {
    skip();
    return begin + (int) parser.currentLocation().getByteOffset();
  }

  /**
   * A JSON object of these fields.
   *
   * @param names with their quotation marks
   * @param bounds of the values, as {@link #elements()} has them
   */
  public byte[] object(List<byte[]> names, int[] bounds) {
    ByteArrayOutputStream json = new ByteArrayOutputStream();
    for (int i = 0; i < names.size(); i++) {
      json.write(i == 0 ? '{' : ',');
      json.writeBytes(names.get(i));
      json.write(':');
      json.write(body, bounds[2 * i], bounds[2 * i + 1] - bounds[2 * i]);
    }
    if (names.isEmpty()) {
      json.write('{');
    }
    json.write('}');
    return json.toByteArray();
  }

  /** The token at hand, in words for the sender of the body. */
  public String found() {
    JsonToken token = parser.currentToken();
    return token == null ? "nothing" : found(token);
  }

  private static String found(JsonToken token) {
    return switch (token) {
      case START_OBJECT -> "an object";
      case START_ARRAY -> "an array";
      case VALUE_STRING -> "a string";
      case VALUE_NULL -> "null";
      case VALUE_TRUE, VALUE_FALSE -> "a boolean";
      default -> "a number";
    };
  }

  /** A name that clients have chosen, cut if it is long. */
  static String shown(String name) {
    return name.length() <= SHOWN_LENGTH ? name : name.substring(0, SHOWN_LENGTH - 1) + '…';
  }

  /** What is wrong with a body, in words for its sender. */
  static String malformed(IOException e) {
    if (!(e instanceof JsonProcessingException json)) {
      return e.getMessage();
    }
    String where =
        json.getLocation() == null
            ? ""
            : " at line %d, column %d"
                .formatted(json.getLocation().getLineNr(), json.getLocation().getColumnNr());
    return "the body is not valid JSON: " + json.getOriginalMessage() + where;
  }

  @Override
  public void close() throws IOException {
    parser.close();
  }
}
