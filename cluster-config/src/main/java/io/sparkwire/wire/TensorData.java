package io.sparkwire.wire;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;

/**
 * The data of one input, by the shape that the input has declared: {@code [n]}, or {@code [n,k]}
 * for n rows of k elements. Confined to one thread.
 */
final class TensorData {

  private static final int SHOWN_LENGTH = 40;

  private final String name;
  private final int rows;
  private final int width;
  private final int elements;
  private final TensorValues values;
  private int taken;

  /**
   * @param width {@link RowLayout.Column#SINGLE} for a shape of one dimension
   */
  TensorData(String name, TensorType type, int rows, int width) {
    this.name = name;
    this.rows = rows;
    this.width = width;
    this.elements = rows * Math.abs(width);
    this.values = TensorValues.of(type, elements);
  }

  /** Reads a JSON array, flat or as nested as the shape. */
  Tensor read(JsonParser json) throws IOException, BadRowsException {
    if (json.currentToken() != JsonToken.START_ARRAY) {
      throw wrong("'data' must be an array, got " + found(json));
    }
    boolean nested = false;
    for (JsonToken next = json.nextToken(); next != JsonToken.END_ARRAY; next = json.nextToken()) {
      nested |= next == JsonToken.START_ARRAY;
      if (nested) {
        readRow(json);
      } else {
        take(json);
      }
    }
    return whole();
  }

  private void readRow(JsonParser json) throws IOException, BadRowsException {
    if (json.currentToken() != JsonToken.START_ARRAY || width < 0 || taken % width(1) != 0) {
      throw wrong("'data' must be a flat array, or have an array for each row of shape [n,k]");
    }
    int from = taken;
    while (json.nextToken() != JsonToken.END_ARRAY) {
      take(json);
    }
    if (taken - from != width) {
      throw wrong(
          "each row must have " + width + " elements, as the shape says, got " + (taken - from));
    }
  }

  /** How many elements a row has, but not less than that. */
  private int width(int least) {
    return Math.max(width, least);
  }

  private void take(JsonParser json) throws IOException, BadRowsException {
    if (taken == elements) {
      throw wrong("'data' must have " + elements + " elements, as the shape says, got more");
    }
    String expected = values.read(json, taken);
    if (expected != null) {
      throw wrongElement(expected + ", got " + found(json));
    }
    taken++;
  }

  /**
   * Reads the binary form of all elements.
   *
   * @param binary begins with it
   * @param length of it, in bytes
   */
  Tensor read(ByteBuffer binary, int length) throws BadRowsException {
    if (length < 0 || length > binary.remaining()) {
      throw wrong(
          "'binary_data_size' is " + length + ", but " + binary.remaining() + " bytes are left");
    }
    int end = binary.position() + length;
    ByteBuffer own = binary.duplicate().order(binary.order()).limit(end);
    try {
      for (; taken < elements; taken++) {
        String expected = values.read(own, taken);
        if (expected != null) {
          throw wrongElement(expected);
        }
      }
    } catch (BufferUnderflowException e) {
      throw wrong(length + " bytes of binary data are too few for the shape");
    }
    if (own.hasRemaining()) {
      throw wrong(length + " bytes of binary data are too many for the shape");
    }
    binary.position(end);
    return whole();
  }

  private Tensor whole() throws BadRowsException {
    if (taken < elements) {
      throw wrong("'data' must have " + elements + " elements, as the shape says, got " + taken);
    }
    return new Tensor(name, rows, width, values);
  }

  private BadRowsException wrongElement(String expected) {
    return BadRowsException.malformed(taken / width(1), "input '" + name + "' must be " + expected);
  }

  private BadRowsException wrong(String detail) {
    return of(name, detail);
  }

  static BadRowsException of(String input, String detail) {
    return BadRowsException.malformed("input '" + input + "': " + detail);
  }

  /** The token at hand, in words. */
  static String found(JsonParser json) throws IOException {
    return switch (json.currentToken()) {
      case START_OBJECT -> "an object";
      case START_ARRAY -> "an array";
      case VALUE_NULL -> "null";
      case VALUE_TRUE, VALUE_FALSE -> "the boolean " + json.getText();
      case VALUE_STRING -> "a string \"" + shown(json.getText()) + '"';
      default -> "the number " + shown(json.getText());
    };
  }

  private static String shown(String text) {
    return text.length() <= SHOWN_LENGTH ? text : text.substring(0, SHOWN_LENGTH - 1) + '…';
  }
}
