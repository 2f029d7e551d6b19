package io.sparkwire.framing;

import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.sparkwire.message.FailureCode;
import io.sparkwire.message.ServiceFailure;

/** The client's bytes are not a request of HTTP. Has no stack trace: the fault is not in here. */
public final class MalformedRequestException extends IllegalArgumentException {

  private static final long serialVersionUID = 1;
  private static final int LONGEST_REASON = 100;

  private final transient ServiceFailure failure;

  MalformedRequestException(FailureCode code, String detail) {
    super(detail);
    this.failure = ServiceFailure.of(code, detail);
  }

  static MalformedRequestException malformed(String detail) {
    return new MalformedRequestException(FailureCode.MALFORMED_REQUEST, detail);
  }

  /** What a decoder threw at a request's head. */
  static MalformedRequestException ofHead(Throwable cause) {
    if (cause instanceof MalformedRequestException known) {
      return known;
    }
    if (cause instanceof TooLongHttpLineException) {
      return new MalformedRequestException(
          FailureCode.URI_TOO_LONG, "the request line is too long: " + reason(cause));
    }
    if (cause instanceof TooLongHttpHeaderException) {
      return new MalformedRequestException(
          FailureCode.HEADERS_TOO_LARGE, "the header fields are too large: " + reason(cause));
    }
    return malformed("the head is not valid HTTP: " + reason(cause));
  }

  /** What a decoder threw at a request's body. */
  static MalformedRequestException ofBody(Throwable cause) {
    return cause instanceof MalformedRequestException known
        ? known
        : malformed("the body is not valid HTTP: " + reason(cause));
  }

  /** The decoder's words, which may have the client's bytes in them. */
  private static String reason(Throwable cause) {
    String words =
        cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    String cut = words.length() > LONGEST_REASON ? words.substring(0, LONGEST_REASON) : words;
    return cut.replaceAll("[^\\x20-\\x7e]", "?");
  }

  /** The detail that the client gets. */
  public ServiceFailure failure() {
    return failure;
  }

  @Override
  public Throwable fillInStackTrace() {
    return this;
  }
}
