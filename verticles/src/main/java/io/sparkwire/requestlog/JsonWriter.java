package io.sparkwire.requestlog;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import io.sparkwire.message.FailureCode;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;

/** Writes JSON objects, one on each line, into memory. Not thread-safe. */
final class JsonWriter {

  private static final JsonFactory ASCII =
      new JsonFactoryBuilder()
          .rootValueSeparator((String) null)
          .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
          .build();
  private static final JsonFactory UTF8 =
      new JsonFactoryBuilder().rootValueSeparator((String) null).build();

  private final JsonGenerator json;
  private final UtcTime time = UtcTime.ofIso();
  private final CharsetDecoder decoder = UTF_8.newDecoder();

  private JsonWriter(JsonFactory factory, OutputStream out) {
    try {
      json = factory.createGenerator(out);
    } catch (IOException e) { // not of memory
      throw new UncheckedIOException(e);
    }
  }

  /** Writes what terminals and readers of lines take for nothing but text. */
  static JsonWriter ascii(OutputStream out) {
    return new JsonWriter(ASCII, out);
  }

  static JsonWriter utf8(OutputStream out) {
    return new JsonWriter(UTF8, out);
  }

  void begin() throws IOException {
    json.writeStartObject();
  }

  void begin(String field) throws IOException {
    json.writeObjectFieldStart(field);
  }

  void beginArray(String field) throws IOException {
    json.writeArrayFieldStart(field);
  }

  void end() throws IOException {
    json.writeEndObject();
  }

  void endArray() throws IOException {
    json.writeEndArray();
  }

  /** Ends the object, and the line. */
  void endLine() throws IOException {
    json.writeEndObject();
    json.writeRaw('\n');
    json.flush();
  }

  /**
   * @param value null for JSON's null
   */
  void text(String field, String value) throws IOException {
    json.writeStringField(field, value);
  }

  void number(String field, long value) throws IOException {
    json.writeNumberField(field, value);
  }

  /**
   * @param value null for JSON's null
   */
  void number(String field, Number value) throws IOException {
    if (value == null) {
      json.writeNullField(field);
    } else {
      json.writeNumberField(field, value.longValue());
    }
  }

  void time(String field, long millis) throws IOException {
    json.writeStringField(field, time.iso(millis));
  }

  /**
   * Writes bytes as text if they are UTF-8, and in Base64 in the other field if not.
   *
   * @param binary the name of the other field; the one that is not used is null
   */
  void bytes(String field, String binary, byte[] bytes) throws IOException {
    if (isUtf8(bytes)) {
      json.writeFieldName(field);
      json.writeUTF8String(bytes, 0, bytes.length);
      json.writeNullField(binary);
    } else {
      json.writeNullField(field);
      json.writeBinaryField(binary, bytes);
    }
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

  /** The name of a failure, as at the end of its type; null for null. */
  static String name(FailureCode failure) {
    return failure == null ? null : failure.key();
  }
}
