package io.sparkwire.history;

import io.sparkwire.log.Event;
import io.sparkwire.message.NodeId;
import io.sparkwire.message.PendingRequest;
import io.sparkwire.message.RequestId;
import io.sparkwire.message.ServiceRequest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The shares of epochs that any JVM can replay exactly, as far as this one reads them.
 *
 * <p>Runs on: task thread and driver; blocks. Thread-safe.
 */
final class ExactShares {

  private static final Logger LOG = LoggerFactory.getLogger(ExactShares.class);

  private final NodeId self;
  private final ShareStore store;
  private final Claims claims;
  private final RequestsInOtherShares held;
  private final Map<EpochShare, SharedExactAttempt> attempts = new ConcurrentHashMap<>();
  private final AtomicLong begun = new AtomicLong();

  ExactShares(NodeId self, ShareStore store, Claims claims) {
    this.self = self;
    this.store = store;
    this.claims = claims;
    this.held = new RequestsInOtherShares(store, claims);
  }

  EpochHistory.Attempt begin(EpochShare share) {
    ShareOwnership hold = new ShareOwnership(store, share, self + "-" + begun.incrementAndGet());
    ShareRecord record = hold.begin();
    SharedExactAttempt earlier = attempts.get(share);
    List<PendingRequest> known = earlier == null ? List.of() : earlier.requests().content();
    SharedExactAttempt next = new SharedExactAttempt(hold, held, record, revived(record, known));
    attempts.put(share, next);
    if (earlier != null) {
      earlier.requests().end();
    } else if (record.timesInVain() > 0) {
      Event.REQUESTS_REPLAYED.info(
          LOG,
          "replaying all {} requests of service '{}' that are in epoch {}, partition {}",
          next.requests().content().size(),
          share.service(),
          share.epoch(),
          share.partition());
    }
    return next;
  }

  /**
   * The requests of a record that a client of this node waits for, or of another node that can be
   * asked.
   */
  private List<PendingRequest> revived(ShareRecord record, Collection<PendingRequest> known) {
    Map<RequestId, PendingRequest> here = new HashMap<>();
    known.forEach(request -> here.put(request.request().id(), request));
    List<ServiceRequest> recorded = record.readRequests();
    List<ServiceRequest> unknown = new ArrayList<>();
    for (ServiceRequest request : recorded) {
      PendingRequest waiting = held.take(request.id());
      if (waiting != null) {
        here.put(request.id(), waiting);
      } else if (!here.containsKey(request.id())) {
        unknown.add(request);
      }
    }
    if (!unknown.isEmpty()) {
      claims.claim(unknown).forEach(request -> here.put(request.request().id(), request));
    }
    return recorded.stream().map(request -> retained(here.get(request.id()), request)).toList();
  }

  private static PendingRequest retained(PendingRequest here, ServiceRequest recorded) {
    return here != null && here.retain() ? here : new EffectOnlyRequest(recorded);
  }

  void committed(Predicate<EpochShare> shares) {
    if (!remove(shares).isEmpty()) { // otherwise this JVM has no part in it
      store.all().stream().filter(shares).forEach(store::commit); // also of JVMs that are lost
    }
  }

  /** The unfinished requests of those shares that were read to their end. */
  List<PendingRequest> unanswered(Predicate<EpochShare> shares) {
    return attempts.entrySet().stream()
        .filter(entry -> shares.test(entry.getKey()))
        .flatMap(entry -> entry.getValue().requests().unanswered().stream())
        .toList();
  }

  /** Forgets shares, which others may begin again. */
  void release(Predicate<EpochShare> shares) {
    remove(shares).forEach(attempt -> attempt.requests().end());
  }

  /** Releases shares that no attempt will begin again; returns what is unfinished. */
  List<PendingRequest> reclaim(Predicate<EpochShare> shares) {
    List<PendingRequest> left = new ArrayList<>();
    remove(shares).forEach(attempt -> left.addAll(attempt.dissolve()));
    return left;
  }

  private List<SharedExactAttempt> remove(Predicate<EpochShare> shares) {
    List<SharedExactAttempt> removed = new ArrayList<>();
    attempts.keySet().stream()
        .filter(shares)
        .forEach(
            share -> {
              SharedExactAttempt attempt = attempts.remove(share);
              if (attempt != null) {
                removed.add(attempt);
              }
            });
    return removed;
  }

  /** How many unfinished requests those shares have. */
  int size(Predicate<EpochShare> shares) {
    return attempts.entrySet().stream()
        .filter(entry -> shares.test(entry.getKey()))
        .mapToInt(entry -> entry.getValue().requests().unfinished().size())
        .sum();
  }

  /** How many wait for what another share has. */
  int held() {
    return held.size();
  }

  /** Sees to what has waited for long enough. Runs on: one thread, about every second. */
  void check() {
    held.check();
  }
}
