package io.sparkwire.exchange;

import io.sparkwire.message.FailureCode;
import io.sparkwire.message.ServiceFailure;
import io.sparkwire.message.ServiceReply;
import io.sparkwire.message.ServiceRequest;
import java.time.Duration;

/** The replies to clients whose time is over. Stateless. */
public final class Overdue {

  private Overdue() {}

  /**
   * The fault is the client's if it has not sent all, otherwise the pipeline's.
   *
   * @param whole null if the client has not sent all
   */
  static ServiceReply exchange(ServiceRequest whole, Duration timeout) {
    return whole == null
        ? incomplete(timeout)
        : ServiceFailure.of(
                FailureCode.DEADLINE_EXCEEDED,
                "the pipeline did not reply within " + timeout.toMillis() + " ms")
            .toReply();
  }

  /** The client has not sent all within that time. */
  public static ServiceReply incomplete(Duration time) {
    return ServiceFailure.of(
            FailureCode.REQUEST_TIMEOUT,
            "the request was not complete within " + time.toMillis() + " ms of its first line")
        .toReply();
  }
}
