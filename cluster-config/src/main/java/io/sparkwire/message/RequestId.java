package io.sparkwire.message;

import java.io.Serializable;
import java.util.HexFormat;

/**
 * The name of one request: the node that holds its exchange, and that node's sequence number.
 *
 * <p>Immutable. Its text form is {@code <node>-<sequence in hexadecimal>}.
 */
public record RequestId(NodeId node, long sequence) implements Serializable {

  /**
   * Reads the text form.
   *
   * @throws IllegalArgumentException if {@code text} does not have it
   */
  public static RequestId parse(String text) {
    int dash = text.indexOf('-');
    if (dash < 0 || dash == text.length() - 1) {
      throw unreadable(text);
    }
    try {
      return new RequestId(
          new NodeId(text.substring(0, dash)),
          HexFormat.fromHexDigitsToLong(text, dash + 1, text.length()));
    } catch (IllegalArgumentException e) {
      throw unreadable(text);
    }
  }

  private static IllegalArgumentException unreadable(String text) {
    return new IllegalArgumentException("a request id reads <node>-<sequence>, got '" + text + "'");
  }

  @Override
  public String toString() {
    return node.text() + '-' + Long.toHexString(sequence);
  }
}
