package io.sparkwire.message;

/** The version of all that nodes say to each other, and how much they say at once. */
public final class Protocol {

  /** Nodes of different versions do not join the same cluster. */
  public static final int VERSION = 5;

  /** What one message of a node takes at most. A longer one is not read. */
  public static final int MOST_MESSAGE_BYTES = 64 * 1024 * 1024;

  /** The largest body that nodes pass on, which leaves room for the rest of its message. */
  public static final int MOST_BODY_BYTES = MOST_MESSAGE_BYTES - 8 * 1024 * 1024;

  private Protocol() {}
}
