package io.sparkwire.wire;

import java.util.List;

/**
 * The rows of one request as bodies of their own. Immutable.
 *
 * @param contentType of each
 */
public record RowBodies(String contentType, List<byte[]> bodies) {

  public int size() {
    return bodies.size();
  }

  public byte[] get(int row) {
    return bodies.get(row);
  }
}
