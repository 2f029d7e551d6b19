package io.sparkwire.wire;

import io.sparkwire.message.FailureCode;
import io.sparkwire.message.ServiceFailure;
import java.util.Map;

/** A body that cannot be taken apart into rows. An expected outcome, so it has no stack trace. */
public final class BadRowsException extends Exception {

  private static final long serialVersionUID = 1;

  private final transient ServiceFailure failure;

  private BadRowsException(ServiceFailure failure) {
    super(failure.detail(), null, false, false);
    this.failure = failure;
  }

  /** The whole body is not what it must be. */
  static BadRowsException malformed(String detail) {
    return new BadRowsException(ServiceFailure.of(FailureCode.BAD_INPUT, detail));
  }

  /** One row is not what it must be. */
  static BadRowsException malformed(int row, String detail) {
    return new BadRowsException(
        new ServiceFailure(
            FailureCode.BAD_INPUT,
            RowFormats.place(row) + ": " + detail,
            Map.of("field", RowFormats.place(row))));
  }

  /** The content type is not one of the format. */
  static BadRowsException unsupported(String detail) {
    return new BadRowsException(ServiceFailure.of(FailureCode.UNSUPPORTED_MEDIA_TYPE, detail));
  }

  static BadRowsException tooMany(int most) {
    return new BadRowsException(
        ServiceFailure.of(
            FailureCode.BODY_TOO_LARGE,
            "a request may have " + most + " rows at most; send fewer at a time"));
  }

  /** What the client gets. */
  public ServiceFailure failure() {
    return failure;
  }
}
