package io.sparkwire.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkwire.message.FakePendingRequest;
import io.sparkwire.message.PendingRequest;
import org.junit.jupiter.api.Test;

class HeapEpochHistoryTest extends EpochHistoryContract {

  private static final int MANY = 100_000;

  @Override
  EpochHistory history() {
    return new HeapEpochHistory();
  }

  /** It asks each request that it holds whether it is open: so its checks show what it holds. */
  @Test
  void itLetsGoOfFinishedRequestsWithoutBeingAsked() {
    HeapEpochHistory history = new HeapEpochHistory();
    EpochHistory.Attempt attempt = history.begin(KEY, Replay.UNFINISHED);
    Checks checks = new Checks();
    for (int i = 0; i < MANY; i++) {
      attempt.pulled(checks.request(false));
    }
    assertThat(checks.count).as("checks while requests are pulled").isLessThanOrEqualTo(MANY);

    checks.count = 0;
    assertThat(history.size()).isZero();
    assertThat(checks.count).as("requests held at the end").isLessThanOrEqualTo(64);
  }

  @Test
  void manyUnfinishedRequestsAreNotLookedAtOnEachPull() {
    EpochHistory.Attempt attempt = new HeapEpochHistory().begin(KEY, Replay.UNFINISHED);
    Checks checks = new Checks();
    for (int i = 0; i < MANY; i++) {
      attempt.pulled(checks.request(true));
    }

    assertThat(checks.count).isLessThanOrEqualTo(2 * MANY);
  }

  @Test
  void anExactEpochHasABound() {
    EpochHistory.Attempt attempt = new HeapEpochHistory().begin(KEY, Replay.EXACT);
    int taken = 0;
    while (attempt.takesNew()) {
      attempt.pulled(FakePendingRequest.number(taken++));
    }
    assertThat(taken).isEqualTo(AttemptRequests.MOST_REQUESTS);
  }

  /** Counts how often the history asks whether its requests are open. */
  private static final class Checks {

    int count;

    PendingRequest request(boolean open) {
      return new FakePendingRequest(null) {

        @Override
        public boolean isOpen() {
          count++;
          return open;
        }
      };
    }
  }
}
