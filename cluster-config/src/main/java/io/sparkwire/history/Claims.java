package io.sparkwire.history;

import io.sparkwire.protocol.PendingRequest;
import io.sparkwire.protocol.ServiceRequest;
import java.util.List;

/**
 * Who asks the nodes that hold the exchanges whether requests that a lost JVM left are still
 * wanted.
 *
 * <p>Runs on: task thread; may block for a second or two.
 */
@FunctionalInterface
public interface Claims {

  /** Those that somebody still waits for and nobody else computes; they are the caller's now. */
  List<PendingRequest> claim(List<ServiceRequest> left);
}
