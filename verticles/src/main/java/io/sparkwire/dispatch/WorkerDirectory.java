package io.sparkwire.dispatch;

import io.sparkwire.cluster.ServiceOffer;
import io.sparkwire.message.NodeId;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * The other nodes that compute each service, and which of them should get the next request.
 *
 * <p>Thread-safe.
 */
final class WorkerDirectory {

  private final NodeId self;
  private final Map<NodeId, Worker> workers = new ConcurrentHashMap<>();
  private volatile Map<String, List<Worker>> byService = Map.of();
  private volatile Set<String> read = Set.of();

  WorkerDirectory(NodeId self) {
    this.self = self;
  }

  /** These are the offers now. */
  synchronized void update(List<ServiceOffer> offers) {
    List<ServiceOffer> others = offers.stream().filter(o -> !o.node().equals(self)).toList();
    workers.keySet().retainAll(others.stream().map(ServiceOffer::node).toList());
    byService =
        new HashMap<>(
            others.stream()
                .collect(
                    Collectors.groupingBy(
                        offer -> offer.spec().name(),
                        Collectors.collectingAndThen(Collectors.toList(), this::workers))));
    read =
        others.stream()
            .filter(ServiceOffer::isRead)
            .map(offer -> offer.spec().name())
            .collect(Collectors.toSet());
  }

  /** Those whose readers take requests; if there are none, all. */
  private List<Worker> workers(List<ServiceOffer> offers) {
    boolean anyIsRead = offers.stream().anyMatch(ServiceOffer::isRead);
    return offers.stream()
        .filter(offer -> offer.isRead() || !anyIsRead)
        .map(offer -> of(offer.node()))
        .toList();
  }

  /** Whether another node has readers for that service. */
  boolean isRead(String service) {
    return read.contains(service);
  }

  /** What is known of a node, which need not have offered anything yet. */
  Worker of(NodeId node) {
    return workers.computeIfAbsent(node, Worker::new);
  }

  /**
   * The worker with the fewest outstanding requests.
   *
   * @param except workers that have no room
   * @return null if there is none; a doubted one only if there is no other
   */
  Worker least(String service, Collection<Worker> except, long now) {
    Worker best = null;
    for (Worker worker : byService.getOrDefault(service, List.of())) {
      if (!except.contains(worker) && (best == null || isBetter(worker, best, now))) {
        best = worker;
      }
    }
    return best;
  }

  private static boolean isBetter(Worker one, Worker other, long now) {
    boolean doubted = one.isDoubted(now);
    return doubted == other.isDoubted(now) ? one.outstanding() < other.outstanding() : !doubted;
  }
}
