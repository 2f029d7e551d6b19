package io.sparkwire.dispatch;

import io.sparkwire.exchange.ServiceObserver;
import io.sparkwire.message.PendingRequest;

/** A node's intake of one service, as the hand-off sees it. */
@FunctionalInterface
public interface LocalIntake {

  /**
   * Takes a request, or does not because it is full. Runs on: event loop; does not block.
   *
   * @return whether it was taken
   */
  boolean offer(PendingRequest request);

  /** Whether a request should rather go here than to another node. Runs on: any thread. */
  default boolean hasRoom() {
    return true;
  }

  /** What follows the service on this node. */
  default ServiceObserver observer() {
    return ServiceObserver.NONE;
  }
}
