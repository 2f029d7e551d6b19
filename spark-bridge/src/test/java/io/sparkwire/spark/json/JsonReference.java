package io.sparkwire.spark.json;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * JSON by the letter of RFC 8259, for tests: its own reading, which shares nothing with the
 * product.
 *
 * <p>Objects are lists of entries, so that a name may come twice; numbers are their text.
 */
public final class JsonReference {

  /** That a body is not what it must be. */
  public static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  /** A number as written in the text. */
  record Num(String text) {}

  /** An object, names in their order in the text. */
  record Obj(List<Map.Entry<String, Object>> entries) {}

  /** What {@code null} is. */
  static final Object NULL = new Object();

  private static final int DEEPEST = 1_000;
  private static final int MOST_DIGITS = 1_000;
  private static final Pattern NUMBER =
      Pattern.compile("-?(?:0|[1-9][0-9]*)(?:\\.[0-9]+)?(?:[eE][-+]?[0-9]+)?");

  private final String text;
  private int at;

  private JsonReference(String text) {
    this.text = text;
  }

  /** The one value of a text in UTF-8. */
  static Object read(byte[] body) {
    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
    } catch (CharacterCodingException e) {
      throw new Refused();
    }
    JsonReference reference =
        new JsonReference(text.startsWith("\uFEFF") ? text.substring(1) : text);
    Object value = reference.value(0);
    reference.blanks();
    if (reference.at < reference.text.length()) {
      throw new Refused();
    }
    return value;
  }

  private Object value(int depth) {
    if (depth > DEEPEST) {
      throw new Refused();
    }
    blanks();
    char first = peek();
    return switch (first) {
      case '{' -> object(depth + 1);
      case '[' -> array(depth + 1);
      case '"' -> string();
      case 't' -> word("true", true);
      case 'f' -> word("false", false);
      case 'n' -> word("null", NULL);
      default -> number();
    };
  }

  private Obj object(int depth) {
    List<Map.Entry<String, Object>> entries = new ArrayList<>();
    expect('{');
    blanks();
    while (peek() != '}') {
      if (!entries.isEmpty()) {
        expect(',');
        blanks();
      }
      String name = string();
      if (name.codePoints().anyMatch(c -> c >= 0xD800 && c <= 0xDFFF)) {
        throw new Refused(); // stricter than the RFC, as the service is
      }
      blanks();
      expect(':');
      entries.add(Map.entry(name, value(depth)));
      blanks();
    }
    expect('}');
    if (depth > DEEPEST) {
      throw new Refused();
    }
    return new Obj(entries);
  }

  private List<Object> array(int depth) {
    List<Object> elements = new ArrayList<>();
    expect('[');
    blanks();
    while (peek() != ']') {
      if (!elements.isEmpty()) {
        expect(',');
      }
      elements.add(value(depth));
      blanks();
    }
    expect(']');
    if (depth > DEEPEST) {
      throw new Refused();
    }
    return elements;
  }

  private String string() {
    expect('"');
    StringBuilder string = new StringBuilder();
    while (peek() != '"') {
      char c = text.charAt(at++);
      if (c < ' ') {
        throw new Refused();
      }
      string.append(c == '\\' ? escaped() : c);
    }
    at++;
    return string.toString();
  }

  private char escaped() {
    char c = peek();
    at++;
    int known = "\"\\/bfnrt".indexOf(c);
    if (known >= 0) {
      return "\"\\/\b\f\n\r\t".charAt(known);
    }
    if (c != 'u'
        || at + 4 > text.length()
        || !text.substring(at, at + 4).matches("[0-9a-fA-F]{4}")) {
      throw new Refused();
    }
    at += 4;
    return (char) Integer.parseInt(text.substring(at - 4, at), 16);
  }

  private Object word(String word, Object value) {
    if (!text.startsWith(word, at)) {
      throw new Refused();
    }
    at += word.length();
    return value;
  }

  private Num number() {
    Matcher matcher = NUMBER.matcher(text).region(at, text.length());
    if (!matcher.lookingAt() || digits(matcher.group()) > MOST_DIGITS) {
      throw new Refused();
    }
    at = matcher.end();
    return new Num(matcher.group());
  }

  private static long digits(String number) {
    return number.chars().filter(Character::isDigit).count();
  }

  private void blanks() {
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  private char peek() {
    if (at >= text.length()) {
      throw new Refused();
    }
    return text.charAt(at);
  }

  private void expect(char c) {
    if (peek() != c) {
      throw new Refused();
    }
    at++;
  }
}
