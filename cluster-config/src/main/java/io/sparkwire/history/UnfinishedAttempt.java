package io.sparkwire.history;

import io.sparkwire.message.PendingRequest;

/** An attempt that replays unfinished requests. Thread-safe. */
record UnfinishedAttempt(AttemptRequests requests) implements TrackedAttempt {

  @Override
  public PendingRequest replay() {
    return requests.nextOpen();
  }

  @Override
  public boolean takesNew() {
    return true;
  }

  @Override
  public int timesInVain() {
    return 0;
  }
}
