package io.sparkwire.history;

import io.sparkwire.message.PendingRequest;
import io.sparkwire.message.ServiceRequest;
import java.util.List;

/** The way from a history to the nodes that hold the exchanges. Thread-safe. */
public interface Claims {

  /**
   * Asks whether requests that a lost JVM left are still wanted. Runs on: task thread; may block
   * for a second or two.
   *
   * @return those that a client still waits for and no other node computes; the caller owns them
   *     now
   */
  List<PendingRequest> claim(List<ServiceRequest> left);

  /** Has another node compute a request that this one had. */
  void handOn(PendingRequest request);
}
