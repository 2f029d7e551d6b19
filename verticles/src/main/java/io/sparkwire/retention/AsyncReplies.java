package io.sparkwire.retention;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sparkwire.message.FailureCode;
import io.sparkwire.message.Header;
import io.sparkwire.message.ServiceFailure;
import io.sparkwire.message.ServiceReply;
import java.util.List;

/**
 * The replies to clients of asynchronous requests until the pipeline's reply is there. Stateless.
 */
final class AsyncReplies {

  private static final int ACCEPTED = 202;
  private static final byte[] RUNNING = "{\"status\":\"running\"}".getBytes(UTF_8);
  private static final byte[] NOTHING = {};
  private static final Header RETRY =
      new Header("Retry-After", Integer.toString(ServiceFailure.RETRY_AFTER_SECONDS));

  private AsyncReplies() {}

  /** It will be computed, and the reply will be at that place. */
  static ServiceReply accepted(String location) {
    return running(
        List.of(
            new Header("Location", location),
            new Header("Preference-Applied", Preference.RESPOND_ASYNC),
            RETRY));
  }

  /** It is not there yet. */
  static ServiceReply running() {
    return running(List.of(RETRY));
  }

  private static ServiceReply running(List<Header> headers) {
    return new ServiceReply(ACCEPTED, "application/json", headers, RUNNING);
  }

  static ServiceReply forgotten() {
    return new ServiceReply(ServiceReply.NO_CONTENT, null, List.of(), NOTHING);
  }

  static ServiceReply unknown() {
    return ServiceFailure.of(
            FailureCode.UNKNOWN_REQUEST,
            "no asynchronous request has this address; its reply is kept for a limited time only")
        .toReply();
  }

  /** Too many nodes were lost with it. */
  static ServiceReply givenUp(int losses) {
    return ServiceFailure.of(
            FailureCode.UNAVAILABLE,
            losses + " nodes were lost while they had this request; send it again later")
        .toReply();
  }
}
