package io.sparkwire.message;

import java.util.Locale;

/**
 * Every way in which Sparkwire itself, and not the pipeline, ends a request.
 *
 * <p>Immutable, hence thread-safe. The wire number never changes its meaning between versions.
 */
public enum FailureCode {
  /** The body cannot be read as the service's schema asks. */
  BAD_INPUT(1, 400, false, "Bad input"),
  /** No service answers at this path. */
  UNKNOWN_PATH(2, 404, false, "Unknown path"),
  /** The path is served, but not for this method. */
  METHOD_NOT_ALLOWED(3, 405, false, "Method not allowed"),
  /** The client did not send its whole request in time. */
  REQUEST_TIMEOUT(4, 408, true, "Request timeout"),
  /** The body is larger than the service accepts. */
  BODY_TOO_LARGE(5, 413, false, "Body too large"),
  /** The content type is not one that the service reads. */
  UNSUPPORTED_MEDIA_TYPE(6, 415, false, "Unsupported media type"),
  /** The pipeline failed on this request, as often as it was allowed to try. */
  PIPELINE_FAILED(7, 500, false, "Pipeline failed"),
  /** As many requests are in flight as the service admits. */
  OVERLOADED(8, 503, true, "Overloaded"),
  /** The service is stopping, or no node computes it at the moment. */
  UNAVAILABLE(9, 503, true, "Unavailable"),
  /** The pipeline did not reply before the deadline. */
  DEADLINE_EXCEEDED(10, 504, true, "Deadline exceeded"),
  /** No asynchronous request has that address, or not any more. */
  UNKNOWN_REQUEST(11, 404, false, "Unknown request"),
  /** The Idempotency-Key cannot be read. */
  BAD_IDEMPOTENCY_KEY(12, 400, false, "Bad idempotency key"),
  /** The first request with this Idempotency-Key is still running. */
  REQUEST_RUNNING(13, 409, true, "Request running"),
  /** Another request had this Idempotency-Key. */
  IDEMPOTENCY_KEY_REUSED(14, 422, false, "Idempotency key reused"),
  /** The request took effect once, and its reply was lost with a worker. */
  REPLY_LOST(15, 500, false, "Reply lost"),
  /** The pipeline has left out the request's row, so there is no reply. */
  ROW_DROPPED(16, 422, false, "Row dropped"),
  /** The bytes are not a request of HTTP. */
  MALFORMED_REQUEST(17, 400, false, "Malformed request"),
  /** The request line is longer than the server reads. */
  URI_TOO_LONG(18, 414, false, "URI too long"),
  /** The header fields are larger than the server reads. */
  HEADERS_TOO_LARGE(19, 431, false, "Header fields too large"),
  /** The version of HTTP is not one that is served. */
  VERSION_NOT_SUPPORTED(20, 505, false, "HTTP version not supported"),
  /** The client expects something other than to be asked for the body. */
  EXPECTATION_FAILED(21, 417, false, "Expectation failed"),
  /** The request names a host that the listener does not answer for. */
  MISDIRECTED_REQUEST(22, 421, false, "Misdirected request"),
  /** The body has a transfer coding that is not served. */
  TRANSFER_CODING_NOT_SUPPORTED(27, 501, false, "Transfer coding not supported"),
  /** The client has not shown who it is, or what it has shown is of no use. */
  UNAUTHENTICATED(28, 401, false, "Unauthenticated"),
  /** The client is known, but may not do this. */
  FORBIDDEN(29, 403, false, "Forbidden"),
  /** The client has sent more requests than it may at this time. */
  TOO_MANY_REQUESTS(30, 429, true, "Too many requests");

  private final int number;
  private final int status;
  private final boolean retryable;
  private final String title;

  FailureCode(int number, int status, boolean retryable, String title) {
    this.number = number;
    this.status = status;
    this.retryable = retryable;
    this.title = title;
  }

  /** The number of this code on the wire between nodes. */
  public int number() {
    return number;
  }

  /** The HTTP status that a client sees. */
  public int status() {
    return status;
  }

  /** Whether the same request may succeed if it is sent again. */
  public boolean retryable() {
    return retryable;
  }

  /** A short, constant summary: the {@code title} of RFC 9457. */
  public String title() {
    return title;
  }

  /** The problem type of RFC 9457: a name that programs compare, not an address to visit. */
  public String type() {
    return "urn:sparkwire:problem:" + key();
  }

  /** The last part of that, as logs, metrics and traces name it. */
  public String key() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
