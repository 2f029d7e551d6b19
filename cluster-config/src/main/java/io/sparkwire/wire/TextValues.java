package io.sparkwire.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;

/** The elements of a tensor of BYTES: texts if they come in JSON, otherwise bytes. */
final class TextValues extends TensorValues {

  private static final byte[] NOTHING = {};

  private final byte[][] values;
  private boolean binary;

  TextValues(int elements) {
    super(TensorType.BYTES);
    this.values = new byte[elements][];
  }

  @Override
  String readValue(JsonParser json, int at) throws IOException {
    if (json.currentToken() != JsonToken.VALUE_STRING) {
      return "BYTES, a string";
    }
    String text = json.getText();
    values[at] = text.getBytes(UTF_8);
    return UTF_8.newEncoder().canEncode(text) ? null : "BYTES, text without half surrogate pairs";
  }

  @Override
  String read(ByteBuffer from, int at) {
    binary = true;
    int length = from.getInt();
    if (length < 0 || length > from.remaining()) {
      throw new BufferUnderflowException();
    }
    values[at] = new byte[length];
    from.get(values[at]);
    return null;
  }

  private byte[] value(int at) {
    return values[at] == null ? NOTHING : values[at];
  }

  @Override
  PackedType packedType() {
    return binary ? PackedType.BYTES : PackedType.TEXT;
  }

  @Override
  int packedBytes(int at) {
    return Integer.BYTES + value(at).length;
  }

  @Override
  void pack(int at, ByteBuffer row) {
    row.putInt(value(at).length).put(value(at));
  }

  /** Bytes that are no text have no other form in a JSON value than replacement characters. */
  @Override
  void writeValue(int at, JsonGenerator json) throws IOException {
    json.writeString(new String(values[at], UTF_8));
  }
}
