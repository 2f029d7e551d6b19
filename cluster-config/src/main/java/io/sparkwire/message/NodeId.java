package io.sparkwire.message;

import java.io.Serializable;
import java.util.random.RandomGenerator;

/**
 * The name of one node: eleven or fewer characters of {@code 0-9a-z}, unique in practice.
 *
 * <p>Immutable.
 */
public record NodeId(String text) implements Serializable {

  private static final int RANDOM_BITS = 54;
  private static final int MAX_LENGTH = 11;

  public NodeId {
    if (text.isEmpty() || text.length() > MAX_LENGTH || !text.chars().allMatch(NodeId::isAllowed)) {
      throw new IllegalArgumentException(
          "a node id has 1 to 11 characters of 0-9 and a-z, got '" + text + "'");
    }
  }

  private static boolean isAllowed(int c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z');
  }

  /** A new id of 54 random bits: among a million nodes, two share one with a chance below 1e-4. */
  public static NodeId random(RandomGenerator random) {
    return new NodeId(Long.toString(random.nextLong() >>> (Long.SIZE - RANDOM_BITS), 36));
  }

  @Override
  public String toString() {
    return text;
  }
}
