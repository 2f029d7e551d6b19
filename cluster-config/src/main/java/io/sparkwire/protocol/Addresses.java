package io.sparkwire.protocol;

/** The event-bus addresses of Sparkwire. */
public final class Addresses {

  private Addresses() {}

  /** Where a node takes requests of a service. The body is a {@link PendingRequest}. */
  public static String intake(String service, NodeId node) {
    return "sparkwire.intake." + service + '.' + node;
  }
}
