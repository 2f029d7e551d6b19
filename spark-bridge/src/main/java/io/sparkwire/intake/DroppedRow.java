package io.sparkwire.intake;

import io.sparkwire.message.FailureCode;
import io.sparkwire.message.PendingRequest;
import io.sparkwire.message.ServiceFailure;
import io.sparkwire.message.ServiceReply;

/** The failure of a request whose row the pipeline has left out. Stateless, hence thread-safe. */
final class DroppedRow {

  private DroppedRow() {}

  /** None of a request's rows is in the pipeline any more: answers it, unless it was before. */
  static void answer(PendingRequest request) {
    request.rowsEnded(reply());
  }

  static ServiceReply reply() {
    return ServiceFailure.of(
            FailureCode.ROW_DROPPED,
            "the pipeline left out the row of this request, so it has no reply")
        .toReply();
  }
}
