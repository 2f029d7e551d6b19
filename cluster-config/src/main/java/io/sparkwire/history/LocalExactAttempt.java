package io.sparkwire.history;

import io.sparkwire.message.PendingRequest;
import java.util.List;
import java.util.function.Supplier;

/**
 * An attempt, known to this JVM alone, that replays its share of an epoch as it was: all that was
 * handed over, answered or not.
 *
 * <p>Once a task has read its share to the end, other stages and sinks may have seen it, so later
 * attempts get those requests and no others: the share is sealed. Before that, a new attempt gets
 * them and may go on. A request in quarantine is left out either way. Thread-safe.
 *
 * @param sealed whether its requests are all that it may hand over
 * @param furthest how many requests an attempt before this one has handed over at most
 */
record LocalExactAttempt(AttemptRequests requests, boolean sealed, int furthest, int timesInVain)
    implements TrackedAttempt {

  /** The attempt after that one, which may be null. */
  static LocalExactAttempt after(TrackedAttempt earlier) {
    if (earlier instanceof LocalExactAttempt exact) {
      return exact.next();
    }
    List<PendingRequest> left = earlier == null ? List.of() : earlier.requests().end();
    List<PendingRequest> retained = left.stream().filter(PendingRequest::retain).toList();
    return new LocalExactAttempt(AttemptRequests.all(retained, false), false, 0, 0);
  }

  private LocalExactAttempt next() {
    synchronized (requests) { // a task that completes meanwhile has sealed the share, or has not
      requests.end();
      boolean same = sealed || requests.isComplete();
      int handedOver = requests.allHandedOver().size();
      boolean inVain = same || handedOver <= furthest;
      return new LocalExactAttempt(
          AttemptRequests.all(requests.content(), same),
          same,
          Math.max(furthest, handedOver),
          inVain ? timesInVain + 1 : 0);
    }
  }

  @Override
  public PendingRequest replay() {
    return requests.next();
  }

  @Override
  public boolean takesNew() {
    return !sealed && requests.hasRoom();
  }

  @Override
  public PendingRequest draw(Supplier<PendingRequest> source) {
    PendingRequest request = source.get();
    while (request != null && !request.retain()) {
      request = source.get();
    }
    return request;
  }
}
