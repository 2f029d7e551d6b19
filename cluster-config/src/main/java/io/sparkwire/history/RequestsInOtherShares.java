package io.sparkwire.history;

import io.sparkwire.log.Event;
import io.sparkwire.log.LogFields;
import io.sparkwire.message.FailureCode;
import io.sparkwire.message.PendingRequest;
import io.sparkwire.message.RequestId;
import io.sparkwire.message.ServiceFailure;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Requests that arrived here again while they belong to a share that is to be replayed exactly:
 * that share has their effect, and their reply is sent by the node that replays it.
 *
 * <p>If the share is done and no reply has arrived, the reply was lost with a JVM; computing the
 * request again would let it take effect twice. Thread-safe.
 */
final class RequestsInOtherShares {

  private static final Logger LOG = LoggerFactory.getLogger(RequestsInOtherShares.class);

  private final ShareStore store;
  private final Claims claims;
  private final Map<RequestId, Held> waiting = new ConcurrentHashMap<>();

  /** Those that the check before did not find in the record of their share. */
  private Set<RequestId> unrecordedBefore = Set.of();

  private record Held(PendingRequest request, EpochShare share) {}

  RequestsInOtherShares(ShareStore store, Claims claims) {
    this.store = store;
    this.claims = claims;
  }

  void add(PendingRequest request, EpochShare share) {
    waiting.put(request.request().id(), new Held(request, share));
  }

  /** Takes one out that its share hands over here; null if it is not here. */
  PendingRequest take(RequestId id) {
    Held held = waiting.remove(id);
    return held == null ? null : held.request();
  }

  int size() {
    return (int) waiting.values().stream().filter(held -> held.request().isOpen()).count();
  }

  /** Sees to those that their share will not answer. Runs on: one thread, now and then. */
  void check() {
    waiting.values().removeIf(held -> !held.request().isOpen());
    Map<EpochShare, List<PendingRequest>> byShare =
        waiting.values().stream()
            .collect(
                Collectors.groupingBy(
                    Held::share, Collectors.mapping(Held::request, Collectors.toList())));
    Set<RequestId> unrecorded = new HashSet<>();
    byShare.forEach(
        (share, requests) -> {
          ShareRecord record = store.read(share);
          Set<RequestId> recorded = record == null ? Set.of() : record.ids();
          List<PendingRequest> others = new ArrayList<>(requests);
          others.removeIf(one -> recorded.contains(one.request().id()));
          unrecorded.addAll(ShareOwnership.ids(others));
          // by the second check, what was about to be recorded is, and a reply has arrived
          others.removeIf(one -> !unrecordedBefore.contains(one.request().id()));
          if (!others.isEmpty()) {
            settle(share, others);
          }
        });
    unrecordedBefore = unrecorded;
  }

  /**
   * The share is committed with them, or it does not have them: it gave them back, or its JVM was
   * lost before it recorded them. Then another share may take them.
   */
  private void settle(EpochShare share, List<PendingRequest> requests) {
    Map<String, Assignment> assignments = store.release(ShareOwnership.ids(requests), share);
    for (PendingRequest request : requests) {
      RequestId id = request.request().id();
      waiting.remove(id);
      Assignment assignment = assignments.get(id.toString());
      if (assignment != null && assignment.committed()) {
        answerLost(request);
      } else {
        claims.handOn(request);
      }
    }
  }

  private void answerLost(PendingRequest request) {
    ServiceFailure failure =
        ServiceFailure.of(
            FailureCode.REPLY_LOST,
            "the request took effect, but its reply was lost with the worker that had it");
    if (request.answer(failure.toReply())) {
      RequestId id = request.request().id();
      LogFields.ofRequest(
          id,
          () ->
              Event.REPLY_LOST.warn(
                  LOG,
                  "the reply to request {} of service '{}' was lost with a worker; its effect was"
                      + " not",
                  id,
                  request.request().service()));
    }
  }
}
