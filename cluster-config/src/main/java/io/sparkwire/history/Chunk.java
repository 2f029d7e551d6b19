package io.sparkwire.history;

import io.sparkwire.message.PendingRequest;
import io.sparkwire.message.ServiceRequest;
import java.util.ArrayList;
import java.util.List;

/**
 * Some requests that were pulled together, and the key under which they lie. Immutable.
 *
 * @param bodyBytes of all their bodies when they were written
 */
record Chunk(ChunkKey key, List<PendingRequest> requests, long bodyBytes) {

  /** Bytes of bodies after which a chunk takes no more requests. */
  static final long MOST_BYTES = 256 * 1024;

  static Chunk of(ChunkKey key, List<PendingRequest> requests) {
    return new Chunk(key, requests, bodyBytes(requests));
  }

  /** These requests in their order, in lists that are each small enough for one chunk. */
  static List<List<PendingRequest>> split(List<PendingRequest> requests) {
    List<List<PendingRequest>> parts = new ArrayList<>();
    List<PendingRequest> part = new ArrayList<>();
    long size = 0;
    for (PendingRequest request : requests) {
      part.add(request);
      size += request.request().body().length;
      if (size >= MOST_BYTES) {
        parts.add(part);
        part = new ArrayList<>();
        size = 0;
      }
    }
    if (!part.isEmpty()) {
      parts.add(part);
    }
    return parts;
  }

  boolean isFinished() {
    return requests.stream().noneMatch(PendingRequest::isOpen);
  }

  /** Whether most of its bytes are of requests that have ended, and worth the removal. */
  boolean isMostlyFinished() {
    return bodyBytes >= MOST_BYTES && 2 * bodyBytes(open()) < bodyBytes;
  }

  /** The same without what has ended. */
  Chunk withoutFinished() {
    return of(key, open());
  }

  private List<PendingRequest> open() {
    return AttemptRequests.open(requests);
  }

  private static long bodyBytes(List<PendingRequest> requests) {
    return requests.stream().mapToLong(request -> request.request().body().length).sum();
  }

  byte[] bytes() {
    List<ServiceRequest> wanted =
        requests.stream()
            .map(PendingRequest::request)
            .filter(ServiceRequest::isWhole) // otherwise it has just ended
            .toList();
    return ChunkCodec.write(wanted);
  }
}
