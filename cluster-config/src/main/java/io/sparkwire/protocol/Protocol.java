package io.sparkwire.protocol;

/** The version of all that nodes say to each other. */
public final class Protocol {

  /** Nodes of different versions do not join the same cluster. */
  public static final int VERSION = 2;

  private Protocol() {}
}
