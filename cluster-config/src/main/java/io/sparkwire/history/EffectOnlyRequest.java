package io.sparkwire.history;

import io.sparkwire.message.PendingRequest;
import io.sparkwire.message.ServiceReply;
import io.sparkwire.message.ServiceRequest;
import io.sparkwire.message.Suspicion;

/**
 * A request that is handed over once more for its effect alone: a client that still waits for its
 * reply gets it by the id. Thread-safe.
 */
record EffectOnlyRequest(ServiceRequest request, Suspicion suspicion) implements PendingRequest {

  EffectOnlyRequest(ServiceRequest request) {
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

  @Override
  public void rowsEnded(ServiceReply leftOut) {}
}
