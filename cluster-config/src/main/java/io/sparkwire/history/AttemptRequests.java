package io.sparkwire.history;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.sparkwire.message.PendingRequest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.stream.Stream;

/**
 * The requests of one attempt on the heap: those that it has still to replay, and those that it has
 * handed over.
 *
 * <p>Thread-safe by its own lock: the task thread writes, other threads read.
 */
final class AttemptRequests {

  /** Requests that one share of an epoch holds at most if it keeps the finished ones. */
  static final int MOST_REQUESTS = 65_536;

  /** Bytes of bodies after which it takes no more requests: 64 MiB, or less of a small heap. */
  static final long MOST_BYTES = Math.min(64L * 1024 * 1024, Runtime.getRuntime().maxMemory() / 32);

  private static final int FIRST_SWEEP = 64;

  private final boolean keepsFinished;

  @GuardedBy("this")
  private final Queue<PendingRequest> toReplay;

  @GuardedBy("this")
  private final List<PendingRequest> handedOver = new ArrayList<>();

  @GuardedBy("this")
  private int sweepAt = FIRST_SWEEP;

  /** Whether one was dropped that ended without a reply. */
  @GuardedBy("this")
  private boolean gone;

  @GuardedBy("this")
  private long bytes;

  @GuardedBy("this")
  private boolean complete;

  @GuardedBy("this")
  private boolean ended;

  private AttemptRequests(Collection<PendingRequest> toReplay, boolean keepsFinished) {
    this.toReplay = new ArrayDeque<>(toReplay);
    this.keepsFinished = keepsFinished;
  }

  /** Drops finished requests whenever the list of what was handed over has doubled. */
  static AttemptRequests unfinished(Collection<PendingRequest> earlier) {
    return new AttemptRequests(earlier, false);
  }

  /**
   * Keeps finished requests, and replays all of an earlier attempt but those in quarantine. If the
   * attempt may end before it has handed over all of them, finished requests come first: those that
   * are open may be suspects, and an epoch ends before a suspect.
   *
   * @param sealed whether it hands over all of them and nothing more
   */
  static AttemptRequests all(Collection<PendingRequest> earlier, boolean sealed) {
    Stream<PendingRequest> ordered =
        sealed
            ? earlier.stream()
            : Stream.concat(
                earlier.stream().filter(request -> !request.isOpen()),
                earlier.stream().filter(PendingRequest::isOpen));
    return new AttemptRequests(
        ordered.filter(request -> !request.suspicion().isQuarantined()).toList(), true);
  }

  /** The next request to replay, finished or not; null if none is left. */
  synchronized PendingRequest next() {
    return toReplay.poll();
  }

  /** The next unfinished request to replay; null if none is left. */
  synchronized PendingRequest nextOpen() {
    PendingRequest request = toReplay.poll();
    while (request != null && !request.isOpen()) {
      request = toReplay.poll();
    }
    return request;
  }

  synchronized void addToReplay(Collection<PendingRequest> requests) {
    toReplay.addAll(requests);
  }

  /** Records a request that is about to be handed over; returns false once this has ended. */
  synchronized boolean handOver(PendingRequest request) {
    if (ended) {
      return false;
    }
    if (keepsFinished) {
      bytes += request.request().body().length;
    } else if (handedOver.size() >= sweepAt) {
      sweep();
    }
    handedOver.add(request);
    return true;
  }

  @GuardedBy("this")
  private void sweep() {
    List<PendingRequest> unfinished = new ArrayList<>();
    for (PendingRequest request : handedOver) {
      if (request.isOpen()) {
        unfinished.add(request);
      } else {
        gone |= request.isGone();
      }
    }
    handedOver.clear();
    handedOver.addAll(unfinished);
    sweepAt = Math.max(FIRST_SWEEP, 2 * handedOver.size());
  }

  /** Whether it may hand over another request within its bounds. */
  synchronized boolean hasRoom() {
    return handedOver.size() < MOST_REQUESTS && bytes < MOST_BYTES;
  }

  /** The unfinished requests that were handed over, in that order. */
  synchronized List<PendingRequest> handedOver() {
    if (!keepsFinished) {
      sweep();
    }
    return open(handedOver);
  }

  /** Whether one that was handed over has ended without a reply. */
  synchronized boolean hasGone() {
    return gone || handedOver.stream().anyMatch(PendingRequest::isGone);
  }

  /** All requests that were handed over, as far as they are kept. */
  synchronized List<PendingRequest> allHandedOver() {
    return List.copyOf(handedOver);
  }

  /** What was handed over, then what is still to be replayed, as far as they are kept. */
  synchronized List<PendingRequest> content() {
    return Stream.concat(handedOver.stream(), toReplay.stream()).toList();
  }

  /** The same without what is finished. */
  synchronized List<PendingRequest> unfinished() {
    return open(content());
  }

  /** The task has ended well. Other tasks may still answer what it handed over. */
  synchronized void complete() {
    complete = true;
  }

  synchronized boolean isComplete() {
    return complete;
  }

  /** The unfinished requests that were handed over, once the task has ended well. */
  synchronized List<PendingRequest> unanswered() {
    return complete ? handedOver() : List.of();
  }

  /** Removes what was not handed over, finished or not, and returns it. */
  synchronized List<PendingRequest> takeLeft() {
    List<PendingRequest> left = List.copyOf(toReplay);
    toReplay.clear();
    return left;
  }

  /** Records nothing from now on; returns what is unfinished. */
  synchronized List<PendingRequest> end() {
    ended = true;
    return unfinished();
  }

  static List<PendingRequest> open(Collection<PendingRequest> requests) {
    return requests.stream().filter(PendingRequest::isOpen).toList();
  }
}
