package io.sparkwire.history;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.sparkwire.message.PendingRequest;
import java.util.Collection;
import java.util.List;

/**
 * One attempt that replays unfinished requests.
 *
 * <p>Finished requests are dropped whenever the list of what was handed over has doubled.
 */
final class UnfinishedAttempt extends TrackedAttempt {

  private static final int FIRST_SWEEP = 64;

  @GuardedBy("this")
  private int sweepAt = FIRST_SWEEP;

  UnfinishedAttempt(Collection<PendingRequest> unfinished) {
    super(unfinished);
  }

  @Override
  public synchronized PendingRequest replay() {
    PendingRequest request = toReplay.poll();
    while (request != null && !request.isOpen()) {
      request = toReplay.poll();
    }
    return request;
  }

  @Override
  public boolean takesNew() {
    return true;
  }

  @Override
  public int timesInVain() {
    return 0;
  }

  @Override
  @GuardedBy("this")
  void recording(PendingRequest request) {
    if (handedOver.size() >= sweepAt) {
      sweep();
    }
  }

  @GuardedBy("this")
  private void sweep() {
    handedOver.removeIf(request -> !request.isOpen());
    sweepAt = Math.max(FIRST_SWEEP, 2 * handedOver.size());
  }

  @Override
  public synchronized List<PendingRequest> handedOver() {
    sweep();
    return List.copyOf(handedOver);
  }
}
