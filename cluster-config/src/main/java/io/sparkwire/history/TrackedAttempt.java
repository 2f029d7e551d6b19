package io.sparkwire.history;

import io.sparkwire.message.PendingRequest;
import java.util.List;

/** An attempt whose requests are on the heap of this JVM. Thread-safe. */
interface TrackedAttempt extends EpochHistory.Attempt {

  AttemptRequests requests();

  @Override
  default boolean pulled(PendingRequest request) {
    return requests().handOver(request);
  }

  @Override
  default List<PendingRequest> handedOver() {
    return requests().handedOver();
  }

  @Override
  default boolean mayHaveHandedOverMore() {
    return requests().hasGone();
  }

  @Override
  default void complete() {
    requests().complete();
  }

  @Override
  default List<PendingRequest> giveBack() {
    return AttemptRequests.open(requests().takeLeft());
  }
}
