package io.sparkwire.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.BitSet;

/** The elements of one tensor of a request, in row-major order. Confined to one thread. */
abstract class TensorValues {

  final TensorType type;
  private final BitSet nulls = new BitSet();

  TensorValues(TensorType type) {
    this.type = type;
  }

  /** Room for that many elements. */
  static TensorValues of(TensorType type, int elements) {
    if (type == TensorType.BYTES) {
      return new TextValues(elements);
    }
    return type.isReal() ? new RealValues(type, elements) : new WholeValues(type, elements);
  }

  /**
   * Takes an element from the token at hand.
   *
   * @return what the token should have been, in words; null if it is good
   */
  final String read(JsonParser json, int at) throws IOException {
    if (json.currentToken() == JsonToken.VALUE_NULL) {
      nulls.set(at);
      return null;
    }
    return readValue(json, at);
  }

  abstract String readValue(JsonParser json, int at) throws IOException;

  /**
   * Takes an element from its binary form.
   *
   * @return what should have been there, in words; null if it is good
   * @throws java.nio.BufferUnderflowException if it is not whole
   */
  abstract String read(ByteBuffer binary, int at);

  final boolean hasNulls() {
    return !nulls.isEmpty();
  }

  final boolean isNull(int at) {
    return nulls.get(at);
  }

  /** What a packed row holds it as. */
  abstract PackedType packedType();

  /** How many bytes an element has in a packed row. */
  int packedBytes(int at) {
    return packedType().bytes();
  }

  /** Writes an element into a packed row. */
  abstract void pack(int at, ByteBuffer row);

  /** Writes an element, null or not, as a JSON value. */
  final void write(int at, JsonGenerator json) throws IOException {
    if (isNull(at)) {
      json.writeNull();
    } else {
      writeValue(at, json);
    }
  }

  abstract void writeValue(int at, JsonGenerator json) throws IOException;
}
