package io.sparkwire.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * One value in a text that is known to be valid JSON. It is found without reading what is in it.
 *
 * <p>Immutable.
 *
 * @param text in UTF-8
 * @param from where the value begins
 * @param to where it has ended
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, and a copy would cost
record JsonSlice(byte[] text, int from, int to) {

  private static final JsonFactory JSON = new JsonFactory();
  private static final VarHandle EIGHT_BYTES =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /** All letters, brackets and braces have this bit, and no digit, sign, comma or blank has. */
  private static final long LETTER_BITS = 0x4040404040404040L;

  private static final long QUOTES = 0x2222222222222222L;
  private static final long LOWEST_BITS = 0x0101010101010101L;
  private static final long HIGHEST_BITS = 0x8080808080808080L;
  private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);

  /** The value null. */
  static final JsonSlice OF_NULL = new JsonSlice(NULL, 0, NULL.length);

  /** The value that a text is, from a place on. */
  static JsonSlice at(byte[] text, int place) {
    int from = skipBlanks(text, place);
    return new JsonSlice(text, from, end(text, from));
  }

  private static int skipBlanks(byte[] text, int place) {
    int at = place;
    while (text[at] == ' ' || text[at] == '\n' || text[at] == '\r' || text[at] == '\t') {
      at++;
    }
    return at;
  }

  private static int end(byte[] text, int from) {
    return switch (text[from]) {
      case '"' -> endOfString(text, from);
      case '{', '[' -> endOfNested(text, from);
      default -> endOfPlain(text, from);
    };
  }

  private static int endOfString(byte[] text, int from) {
    int at = from + 1;
    while (text[at] != '"') {
      at += text[at] == '\\' ? 2 : 1;
    }
    return at + 1;
  }

  private static int endOfNested(byte[] text, int from) {
    int depth = 0;
    int at = from;
    do {
      at = skipNumbers(text, at);
      switch (text[at]) {
        case '"' -> at = endOfString(text, at) - 1;
        case '{', '[' -> depth++;
        case '}', ']' -> depth--;
        default -> {
          // what is between them
        }
      }
      at++;
    } while (depth > 0);
    return at;
  }

  /** Goes on, eight bytes at a time, while they are of numbers and of what is between them. */
  private static int skipNumbers(byte[] text, int from) {
    int at = from;
    while (at <= text.length - Long.BYTES) {
      long bytes = (long) EIGHT_BYTES.get(text, at);
      long quotes = bytes ^ QUOTES; // has a byte of 0 where there is a quote
      long hasQuote = (quotes - LOWEST_BITS) & ~quotes & HIGHEST_BITS;
      if (((bytes & LETTER_BITS) | hasQuote) != 0) {
        break;
      }
      at += Long.BYTES;
    }
    return at;
  }

  private static int endOfPlain(byte[] text, int from) {
    int at = from;
    while (at < text.length && text[at] > ' ' && ",]}".indexOf(text[at]) < 0) {
      at++;
    }
    return at;
  }

  byte first() {
    return text[from];
  }

  boolean isObject() {
    return first() == '{';
  }

  boolean isArray() {
    return first() == '[';
  }

  boolean isString() {
    return first() == '"';
  }

  boolean isNull() {
    return first() == 'n';
  }

  boolean isTruth() {
    return first() == 't' || first() == 'f';
  }

  boolean isNumber() {
    return first() == '-' || (first() >= '0' && first() <= '9');
  }

  /** Gives each member of an object: its name, which is a string, and its value. */
  void members(BiConsumer<JsonSlice, JsonSlice> taker) {
    int at = skipBlanks(text, from + 1);
    while (text[at] != '}') {
      JsonSlice name = at(text, at);
      int colon = skipBlanks(text, name.to);
      JsonSlice value = at(text, colon + 1);
      taker.accept(name, value);
      at = next(value.to);
    }
  }

  /** Gives each element of an array. */
  void elements(Consumer<JsonSlice> taker) {
    int at = skipBlanks(text, from + 1);
    while (text[at] != ']') {
      JsonSlice value = at(text, at);
      taker.accept(value);
      at = next(value.to);
    }
  }

  /** The elements of an array. */
  List<JsonSlice> elements() {
    List<JsonSlice> all = new ArrayList<>();
    elements(all::add);
    return all;
  }

  private int next(int end) {
    int at = skipBlanks(text, end);
    return text[at] == ',' ? skipBlanks(text, at + 1) : at;
  }

  /** Whether it is that text, byte by byte. */
  boolean is(byte[] other) {
    return Arrays.equals(text, from, to, other, 0, other.length);
  }

  /** The text of a string. */
  String string() {
    try (JsonParser json = JSON.createParser(text, from, to - from)) {
      return json.nextTextValue();
    } catch (IOException e) {
      throw new UncheckedIOException(e); // it is valid, and in memory
    }
  }

  /** The value as it is written. */
  String source() {
    return new String(text, from, to - from, StandardCharsets.UTF_8);
  }

  void writeTo(ByteArrayOutputStream out) {
    out.write(text, from, to - from);
  }
}
