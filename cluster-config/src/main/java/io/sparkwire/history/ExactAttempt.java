package io.sparkwire.history;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.sparkwire.message.PendingRequest;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/**
 * One attempt that replays a share of an epoch as it was: all that it has handed over, answered or
 * not.
 *
 * <p>Once a task has read its share to the end, other stages and sinks may have seen it, so later
 * attempts get those requests and no others: the share is sealed. Before that, none has: a new
 * attempt gets them and may draw more. A quarantined request is left out either way.
 */
abstract class ExactAttempt extends TrackedAttempt {

  /** Requests that one share of an epoch holds at most, for all of them stay on the heap. */
  static final int MOST_REQUESTS = 65_536;

  /** Bytes of bodies after which it takes no more requests: 64 MiB, or less of a small heap. */
  static final long MOST_BYTES = Math.min(64L * 1024 * 1024, Runtime.getRuntime().maxMemory() / 32);

  final boolean sealed;
  private final int timesInVain;

  @GuardedBy("this")
  private long bytes;

  /**
   * @param sealed whether these requests are all that it may hand over
   */
  ExactAttempt(Collection<PendingRequest> requests, boolean sealed, int timesInVain) {
    super(requests);
    this.sealed = sealed;
    this.timesInVain = timesInVain;
  }

  /**
   * Those of an earlier attempt, as the next one hands them over. Where it may end before it has
   * handed over all, answered requests go first: those that are open may be suspects, which end an
   * epoch before them.
   */
  static List<PendingRequest> inOrder(Collection<PendingRequest> earlier, boolean sealed) {
    Stream<PendingRequest> ordered =
        sealed
            ? earlier.stream()
            : Stream.concat(
                earlier.stream().filter(r -> !r.isOpen()),
                earlier.stream().filter(PendingRequest::isOpen));
    return ordered.filter(request -> !request.suspicion().isQuarantined()).toList();
  }

  @Override
  public final synchronized PendingRequest replay() {
    return toReplay.poll();
  }

  @Override
  public synchronized boolean takesNew() {
    return !sealed && handedOver.size() < MOST_REQUESTS && bytes < MOST_BYTES;
  }

  @Override
  public int timesInVain() {
    return timesInVain;
  }

  @Override
  @GuardedBy("this")
  final void recording(PendingRequest request) {
    bytes += request.request().body().length;
  }
}
