package io.sparkwire.history;

import io.sparkwire.protocol.PendingRequest;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/**
 * One attempt that replays an epoch as it was: all that it has handed over, answered or not.
 *
 * <p>Once a task has read its share to the end, other stages and sinks may have seen it, so later
 * attempts get those requests and no others. Before that, nobody has: a new attempt gets them and
 * may go on. A request that was condemned is left out either way.
 */
final class ExactHeapAttempt extends HeapShare {

  /** Requests that one share of an epoch holds at most, for all of them stay on the heap. */
  static final int MOST_REQUESTS = 65_536;

  /** Bytes of bodies after which it takes no more requests. */
  static final long MOST_BYTES = 64L * 1024 * 1024;

  private final boolean sealed;
  private final int furthest;
  private final int timesInVain;
  private long bytes;
  private boolean complete;

  /**
   * @param sealed whether these requests are all that it may hand over
   * @param furthest how many requests an attempt before this one has handed over at most
   */
  private ExactHeapAttempt(
      Collection<PendingRequest> requests, boolean sealed, int furthest, int timesInVain) {
    super(requests);
    this.sealed = sealed;
    this.furthest = furthest;
    this.timesInVain = timesInVain;
  }

  /** The attempt after that one, which may be null. */
  static ExactHeapAttempt after(HeapShare earlier) {
    if (earlier instanceof ExactHeapAttempt exact) {
      return exact.next();
    }
    return new ExactHeapAttempt(earlier == null ? List.of() : earlier.end(), false, 0, 0);
  }

  /**
   * Answered requests go first: those that are open may be suspects, which end an epoch before
   * them.
   */
  private synchronized ExactHeapAttempt next() {
    end();
    boolean same = sealed || complete;
    List<PendingRequest> all = Stream.concat(handedOver.stream(), toReplay.stream()).toList();
    Stream<PendingRequest> inOrder =
        same
            ? all.stream()
            : Stream.concat(
                all.stream().filter(r -> !r.isOpen()), all.stream().filter(r -> r.isOpen()));
    boolean inVain = same || handedOver.size() <= furthest;
    return new ExactHeapAttempt(
        inOrder.filter(request -> !request.suspicion().isCondemned()).toList(),
        same,
        Math.max(furthest, handedOver.size()),
        inVain ? timesInVain + 1 : 0);
  }

  @Override
  public synchronized PendingRequest replay() {
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
  void recording(PendingRequest request) {
    bytes += request.request().body().length;
  }

  @Override
  public synchronized void complete() {
    complete = true;
  }
}
