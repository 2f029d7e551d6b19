package io.sparkwire.intake;

import io.sparkwire.exchange.Service;
import io.sparkwire.message.FailureCode;
import io.sparkwire.message.PendingRequest;
import io.sparkwire.message.ServiceFailure;
import io.sparkwire.message.ServiceReply;
import io.sparkwire.message.ServiceSpec;
import java.util.List;

/**
 * The reply to requests of one service whose row the pipeline has left out: no content, or a
 * problem document if the service wants another status. Immutable.
 */
record LeftOut(ServiceReply reply) {

  private static final byte[] NOTHING = {};

  static LeftOut of(ServiceSpec service) {
    int status = service.responses().noRow();
    return new LeftOut(
        status == ServiceReply.NO_CONTENT
            ? new ServiceReply(status, null, List.of(), NOTHING)
            : ServiceFailure.of(
                    FailureCode.ROW_DROPPED,
                    "the pipeline left out the row of this request, so it has no reply")
                .toReply(status));
  }

  static LeftOut of(Service service) {
    return of(service.spec());
  }

  /** None of the request's rows is in the pipeline any more: answers it, unless it was before. */
  void answer(PendingRequest request) {
    request.rowsEnded(reply);
  }
}
