package io.sparkwire.wire;

import java.util.List;

/**
 * The rows of one request as bodies of their own. Immutable.
 *
 * @param contentType of each
 */
public record RowBodies(String contentType, List<byte[]> bodies) {

  /** How the content types begin that only rows have, and no request of a client. */
  public static final String OWN_TYPES = "application/vnd.sparkwire.";

  /** Whether a content type is one that only rows have. */
  public static boolean isOwnType(String contentType) {
    return contentType.regionMatches(true, 0, OWN_TYPES, 0, OWN_TYPES.length());
  }

  public int size() {
    return bodies.size();
  }

  public byte[] get(int row) {
    return bodies.get(row);
  }
}
