package io.sparkwire.history;

import io.sparkwire.protocol.PendingRequest;
import io.sparkwire.protocol.ServiceReply;
import io.sparkwire.protocol.ServiceRequest;
import io.sparkwire.protocol.Suspicion;

/**
 * A request that is handed over once more for its effect alone: whoever waits for its reply, if
 * anybody does, gets it by its id. Thread-safe.
 */
record SettledRequest(ServiceRequest request, Suspicion suspicion) implements PendingRequest {

  SettledRequest(ServiceRequest request) {
    this(request, new Suspicion());
  }

  @Override
  public boolean retain() {
    return true;
  }

  @Override
  public boolean isOpen() {
    return false;
  }

  @Override
  public boolean answer(ServiceReply reply) {
    return false;
  }
}
