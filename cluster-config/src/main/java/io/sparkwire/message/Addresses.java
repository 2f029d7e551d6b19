package io.sparkwire.message;

/** The event-bus addresses of Sparkwire, and the names of the codecs of what goes there. */
public final class Addresses {

  /** The codec of a {@link PendingRequest} that stays in its JVM. */
  public static final String PENDING_REQUEST = "sparkwire.pending-request";

  /** The codec of requests that go to another node. */
  public static final String HAND_OFFS = "sparkwire.hand-offs";

  /** The codec of notices about requests that were handed off. */
  public static final String NOTICES = "sparkwire.notices";

  private Addresses() {}

  /** Where a node takes its own requests of a service. */
  public static String intake(String service, NodeId node) {
    return "sparkwire.intake." + service + '.' + node;
  }

  /** Where a node takes requests of other nodes. */
  public static String handOffs(NodeId node) {
    return "sparkwire.hand-off." + node;
  }

  /**
   * Where a node is asked which of its requests are still wanted, by a node that found them in the
   * history.
   */
  public static String claims(NodeId node) {
    return "sparkwire.claim." + node;
  }

  /** Where a node returns its status as a JSON object. */
  public static String status(NodeId node) {
    return "sparkwire.status." + node;
  }

  /** Where a node tells consoles what it has done lately, as a JSON object. */
  public static String feed(NodeId node) {
    return "sparkwire.feed." + node;
  }

  /** Where an executor's node takes the commands of its driver, as JSON objects. */
  public static String commands(NodeId node) {
    return "sparkwire.orders." + node;
  }

  /** Where a node takes replies to its exchanges, and other notices about requests. */
  public static String replies(NodeId node) {
    return "sparkwire.reply." + node;
  }
}
