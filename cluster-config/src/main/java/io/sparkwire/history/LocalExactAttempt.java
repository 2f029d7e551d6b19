package io.sparkwire.history;

import io.sparkwire.message.PendingRequest;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** An exact attempt of which this JVM alone knows. */
final class LocalExactAttempt extends ExactAttempt {

  private final int furthest;

  /**
   * @param furthest how many requests an attempt before this one has handed over at most
   */
  private LocalExactAttempt(
      Collection<PendingRequest> requests, boolean sealed, int furthest, int timesInVain) {
    super(requests, sealed, timesInVain);
    this.furthest = furthest;
  }

  /** The attempt after that one, which may be null. */
  static LocalExactAttempt after(TrackedAttempt earlier) {
    if (earlier instanceof LocalExactAttempt exact) {
      return exact.next();
    }
    List<PendingRequest> left = earlier == null ? List.of() : earlier.end();
    return new LocalExactAttempt(
        left.stream().filter(PendingRequest::retain).toList(), false, 0, 0);
  }

  @Override
  public PendingRequest draw(Supplier<PendingRequest> source) {
    PendingRequest request = source.get();
    while (request != null && !request.retain()) {
      request = source.get();
    }
    return request;
  }

  private synchronized LocalExactAttempt next() {
    end();
    boolean same = sealed || isComplete();
    List<PendingRequest> all = Stream.concat(handedOver.stream(), toReplay.stream()).toList();
    boolean inVain = same || handedOver.size() <= furthest;
    return new LocalExactAttempt(
        inOrder(all, same),
        same,
        Math.max(furthest, handedOver.size()),
        inVain ? timesInVain() + 1 : 0);
  }
}
