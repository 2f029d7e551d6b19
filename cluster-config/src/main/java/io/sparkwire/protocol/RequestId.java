package io.sparkwire.protocol;

import java.io.Serializable;

/**
 * The name of one request: the node that holds its exchange, and that node's sequence number.
 *
 * <p>Immutable. Its text form is {@code <node>-<sequence in hexadecimal>}.
 */
public record RequestId(NodeId node, long sequence) implements Serializable {

  private static final int HEXADECIMAL = 16;

  /**
   * Reads the text form.
   *
   * @throws IllegalArgumentException if {@code text} is not one that {@link #toString} made
   */
  public static RequestId parse(String text) {
    int dash = text.indexOf('-');
    if (dash < 0) {
      throw new IllegalArgumentException(
          "a request id reads <node>-<sequence>, but '" + text + "' came");
    }
    return new RequestId(
        new NodeId(text.substring(0, dash)),
        Long.parseLong(text, dash + 1, text.length(), HEXADECIMAL));
  }

  @Override
  public String toString() {
    return node.text() + '-' + Long.toHexString(sequence);
  }
}
