package io.sparkwire.requestlog;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sparkwire.message.FailureCode;
import io.sparkwire.message.RequestId;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/**
 * Writes JSON objects, one on each line. Texts are visible ASCII, so that terminals and readers of
 * lines take them for nothing but text; bodies are UTF-8.
 *
 * <p>It knows its fields beforehand, checks nothing, and copies what is {@linkplain #repeated
 * repeated}. For a line of the access log, a general generator needs 1.8 times as long in a loop
 * even where nothing is. Not thread-safe.
 */
final class JsonWriter {

  // Each value ends with a comma, in the place of which the end of its object or array is written.

  private final Bytes out;
  private final JsonValues values;
  private final UtcTime time = UtcTime.ofIso();
  private final CharsetDecoder decoder = UTF_8.newDecoder();
  private final Map<LogField, Member> repeated = new EnumMap<>(LogField.class);

  /** A field as it was written last, with its name and the comma. */
  @SuppressWarnings("ArrayRecordComponent") // never written to, nor compared
  private record Member(String value, byte[] json) {}

  JsonWriter(Bytes out) {
    this.out = out;
    this.values = new JsonValues(out);
  }

  void begin() {
    out.add('{');
  }

  void begin(LogField field) {
    name(field);
    out.add('{');
  }

  void beginArray(LogField field) {
    name(field);
    out.add('[');
  }

  void end() {
    end('}');
  }

  void endArray() {
    end(']');
  }

  /** Ends the object, and the line. */
  void endLine() {
    end('}');
    out.endAt(out.size() - 1);
    out.add('\n');
  }

  /**
   * Writes a text.
   *
   * @param value null for JSON's null
   */
  void text(LogField field, String value) {
    name(field);
    if (value == null) {
      values.empty();
    } else {
      values.text(value);
    }
    out.add(',');
  }

  /** Writes a text, as {@link #text} does, that is mostly equal to the last one of its field. */
  void repeated(LogField field, String value) {
    Member last = repeated.get(field);
    if (last == null || !Objects.equals(value, last.value())) {
      int from = out.size();
      text(field, value);
      repeated.put(field, new Member(value, Arrays.copyOfRange(out.array(), from, out.size())));
    } else {
      out.add(last.json(), 0, last.json().length);
    }
  }

  /**
   * Writes the text form of an id.
   *
   * @param id null for JSON's null
   */
  void id(LogField field, RequestId id) {
    name(field);
    if (id == null) {
      values.empty();
    } else {
      values.id(id);
    }
    out.add(',');
  }

  /**
   * Writes a number.
   *
   * @param value less than 0 for JSON's null
   */
  void number(LogField field, long value) {
    name(field);
    if (value < 0) {
      values.empty();
    } else {
      values.number(value);
    }
    out.add(',');
  }

  /** Writes a time in UTC, such as {@code "2026-01-31T12:00:01.204Z"}. */
  void time(LogField field, long millis) {
    repeated(field, time.iso(millis));
  }

  /**
   * Writes bytes as text if they are UTF-8, and in Base64 in the other field if not.
   *
   * @param binary the name of the other field; the one that is not used is null
   */
  void bytes(LogField field, LogField binary, byte[] bytes) {
    if (isUtf8(bytes)) {
      bytes(field, bytes);
      text(binary, null);
    } else {
      text(field, null);
      bytes(binary, Base64.getEncoder().encode(bytes));
    }
  }

  private void bytes(LogField field, byte[] text) {
    name(field);
    values.text(text);
    out.add(',');
  }

  /** The name of a failure, as at the end of its type; null for null. */
  static String name(FailureCode failure) {
    return failure == null ? null : failure.key();
  }

  private void name(LogField field) {
    byte[] name = field.quotedName();
    out.add(name, 0, name.length);
  }

  private void end(char c) {
    int last = out.size() - 1;
    if (out.array()[last] == ',') {
      out.endAt(last);
    }
    out.add(c);
    out.add(',');
  }

  private boolean isUtf8(byte[] bytes) {
    for (byte b : bytes) {
      if (b < 0) {
        return decodes(bytes);
      }
    }
    return true;
  }

  private boolean decodes(byte[] bytes) {
    try {
      decoder.decode(ByteBuffer.wrap(bytes));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }
}
