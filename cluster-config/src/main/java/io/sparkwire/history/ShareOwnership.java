package io.sparkwire.history;

import io.sparkwire.message.PendingRequest;
import io.sparkwire.message.RequestId;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * What one attempt does with the record of its share, until another attempt begins.
 *
 * <p>Immutable; blocks.
 *
 * @param attempt the name of the attempt
 */
record ShareOwnership(ShareStore store, EpochShare share, String attempt) {

  /**
   * Takes the share over from the attempt that has it.
   *
   * @return its record from now on
   */
  ShareRecord begin() {
    ShareRecord next = ShareRecord.empty(attempt);
    ShareRecord other = store.change(share, ShareRecord.NO_OWNER, next);
    while (other != null) {
      next = other.takenOver(attempt);
      other = store.change(share, other.owner(), next);
    }
    return next;
  }

  /** Makes these the share's requests; says no if another attempt has begun since. */
  boolean write(List<PendingRequest> requests, boolean sealed) {
    ShareRecord next = ShareRecord.of(attempt, sealed, 0, requests);
    return store.change(share, attempt, next) == null;
  }

  /** Takes requests into the share; says which share has each of them by its id, then. */
  Map<String, Assignment> take(Collection<PendingRequest> requests) {
    return store.assign(ids(requests), share);
  }

  /** Lets requests go that are not in the record any more. */
  void release(Collection<PendingRequest> requests) {
    store.release(ids(requests), share);
  }

  static List<RequestId> ids(Collection<PendingRequest> requests) {
    return requests.stream().map(request -> request.request().id()).toList();
  }
}
