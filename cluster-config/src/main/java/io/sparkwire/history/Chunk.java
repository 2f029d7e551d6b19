package io.sparkwire.history;

import io.sparkwire.protocol.PendingRequest;
import io.sparkwire.protocol.ServiceRequest;
import java.util.List;

/** Some requests that were pulled together, and the key under which they lie. Immutable. */
record Chunk(ChunkKey key, List<PendingRequest> requests) {

  boolean isFinished() {
    return requests.stream().noneMatch(PendingRequest::isOpen);
  }

  byte[] bytes() {
    List<ServiceRequest> wanted = requests.stream().map(PendingRequest::request).toList();
    return ChunkCodec.write(wanted);
  }
}
