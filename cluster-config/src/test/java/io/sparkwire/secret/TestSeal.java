package io.sparkwire.secret;

/** The seal of nodes that know the secret of tests. */
public final class TestSeal {

  private TestSeal() {}

  /** One of a node of its own. */
  public static ValueSeal ofNode() {
    return new SealedValues(ClusterSecret.of("a test", "the secret of this test"));
  }
}
