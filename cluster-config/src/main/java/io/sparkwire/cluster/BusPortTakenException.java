package io.sparkwire.cluster;

/** The port of the event bus was taken between the check that it was free and its use. */
final class BusPortTakenException extends IllegalStateException {

  private static final long serialVersionUID = 1;

  private final int memberPort;

  /**
   * @param memberPort the port of the member that the event bus belongs to
   */
  BusPortTakenException(int memberPort, Exception cause) {
    super(
        "the event bus cannot listen on port %d, which is %d above the cluster port: %s"
            .formatted(
                memberPort + ClusterOptions.BUS_PORT_OFFSET,
                ClusterOptions.BUS_PORT_OFFSET,
                cause.getMessage()),
        cause);
    this.memberPort = memberPort;
  }

  int memberPort() {
    return memberPort;
  }
}
