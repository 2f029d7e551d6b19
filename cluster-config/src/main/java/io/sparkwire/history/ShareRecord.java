package io.sparkwire.history;

import io.sparkwire.message.PendingRequest;
import io.sparkwire.message.RequestId;
import io.sparkwire.message.ServiceRequest;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What all nodes know of one reader's share of an epoch that is to be replayed exactly.
 *
 * <p>It is stored in the shared map as it is. Immutable.
 *
 * @param owner the attempt that alone may change it; unique among all attempts of all nodes
 * @param sealed whether other stages may have seen these requests, and no others
 * @param timesInVain how many attempts in a row have begun with exactly these requests
 * @param requests as {@link ChunkCodec} writes them, in the order in which they are handed over;
 *     encrypted in the map of a cluster with a secret
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, and a copy would cost
record ShareRecord(String owner, boolean sealed, int timesInVain, byte[] requests) {

  /** The owner of a share that no attempt has begun. */
  static final String NO_OWNER = "";

  static ShareRecord empty(String owner) {
    return of(owner, false, 0, List.of());
  }

  static ShareRecord of(
      String owner, boolean sealed, int timesInVain, List<PendingRequest> requests) {
    return new ShareRecord(
        owner,
        sealed,
        timesInVain,
        ChunkCodec.write(requests.stream().map(PendingRequest::request).toList()));
  }

  /** The same with another form of its requests. */
  ShareRecord with(byte[] form) {
    return new ShareRecord(owner, sealed, timesInVain, form);
  }

  /** The same, as the next attempt begins with it. */
  ShareRecord takenOver(String by) {
    return new ShareRecord(
        by, sealed, ChunkCodec.isEmpty(requests) ? 0 : timesInVain + 1, requests);
  }

  List<ServiceRequest> readRequests() {
    return ChunkCodec.read(requests);
  }

  Set<RequestId> ids() {
    return readRequests().stream().map(ServiceRequest::id).collect(Collectors.toSet());
  }
}
