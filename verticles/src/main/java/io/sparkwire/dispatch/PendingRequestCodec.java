package io.sparkwire.dispatch;

import io.sparkwire.message.Addresses;
import io.sparkwire.message.PendingRequest;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.MessageCodec;

/** The event-bus codec that hands a pending request over as it is, inside one JVM. Thread-safe. */
final class PendingRequestCodec implements MessageCodec<PendingRequest, PendingRequest> {

  @Override
  public PendingRequest transform(PendingRequest request) {
    return request;
  }

  @Override
  public void encodeToWire(Buffer buffer, PendingRequest request) {
    throw new IllegalStateException("a pending request does not leave its JVM");
  }

  @Override
  public PendingRequest decodeFromWire(int position, Buffer buffer) {
    throw new IllegalStateException("a pending request does not enter from another JVM");
  }

  @Override
  public String name() {
    return Addresses.PENDING_REQUEST;
  }

  @Override
  public byte systemCodecID() {
    return -1;
  }
}
