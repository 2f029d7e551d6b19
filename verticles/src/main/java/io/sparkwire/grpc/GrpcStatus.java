package io.sparkwire.grpc;

import io.sparkwire.message.ServiceReply;

/** A status of gRPC, of those that calls end with here. */
enum GrpcStatus {
  OK(0),
  UNKNOWN(2),
  INVALID_ARGUMENT(3),
  DEADLINE_EXCEEDED(4),
  NOT_FOUND(5),
  PERMISSION_DENIED(7),
  RESOURCE_EXHAUSTED(8),
  ABORTED(10),
  UNIMPLEMENTED(12),
  INTERNAL(13),
  UNAVAILABLE(14),
  UNAUTHENTICATED(16);

  private static final int FIRST_OF_NO_SUCCESS = 300;
  private static final int FIRST_OF_CLIENT = 400;
  private static final int FIRST_OF_SERVER = 500;

  private final int number;

  GrpcStatus(int number) {
    this.number = number;
  }

  /** As the trailer {@code grpc-status} has it. */
  String number() {
    return Integer.toString(number);
  }

  static boolean isSuccess(ServiceReply reply) {
    return reply.status() < FIRST_OF_NO_SUCCESS;
  }

  /** The status that says what one of HTTP says. */
  static GrpcStatus ofHttp(int status) {
    return switch (status) {
      case 401 -> UNAUTHENTICATED;
      case 403 -> PERMISSION_DENIED;
      case 404 -> NOT_FOUND;
      case 405, 501 -> UNIMPLEMENTED;
      case 408, 504 -> DEADLINE_EXCEEDED;
      case 409 -> ABORTED;
      case 413, 429 -> RESOURCE_EXHAUSTED;
      case 502, 503 -> UNAVAILABLE;
      default -> ofKind(status);
    };
  }

  private static GrpcStatus ofKind(int status) {
    if (status >= FIRST_OF_SERVER) {
      return INTERNAL;
    }
    if (status >= FIRST_OF_CLIENT) {
      return INVALID_ARGUMENT;
    }
    return status < FIRST_OF_NO_SUCCESS ? OK : UNKNOWN;
  }
}
