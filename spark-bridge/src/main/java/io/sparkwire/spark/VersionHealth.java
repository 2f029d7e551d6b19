package io.sparkwire.spark;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The health of one version of a service's pipeline: what its replicas say together.
 *
 * <p>Thread-safe: the list does not change, the health of each replica may. Runs on: driver.
 *
 * @param replicas the health of each replica that has started and was not stopped
 */
record VersionHealth(List<ReplicaHealth> replicas) {

  /** Why none of its replicas works at the moment; empty if one does. */
  Optional<Throwable> trouble() {
    List<Throwable> all =
        replicas.stream().map(ReplicaHealth::trouble).filter(Objects::nonNull).toList();
    return firstIfAll(all);
  }

  /** Whether all of its replicas fail again and again. */
  boolean isFailing() {
    return !replicas.isEmpty() && replicas.stream().allMatch(ReplicaHealth::isFailing);
  }

  /** Why its replicas gave up, if all have. */
  Optional<Throwable> failure() {
    List<Throwable> all =
        replicas.stream().map(ReplicaHealth::fatal).filter(Objects::nonNull).toList();
    return firstIfAll(all);
  }

  private Optional<Throwable> firstIfAll(List<Throwable> causes) {
    return causes.isEmpty() || causes.size() < replicas.size()
        ? Optional.empty()
        : Optional.of(causes.get(0));
  }
}
