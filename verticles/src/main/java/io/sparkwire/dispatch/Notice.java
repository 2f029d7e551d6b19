package io.sparkwire.dispatch;

import io.sparkwire.message.FailureCode;
import io.sparkwire.message.Protocol;
import io.sparkwire.message.ServiceFailure;
import io.sparkwire.message.ServiceReply;

/**
 * A message from one node to another about one request that was handed off. Immutable.
 *
 * @param sequence of the exchange
 * @param reply of a {@link Kind#REPLY}, otherwise null
 */
record Notice(Kind kind, long sequence, ServiceReply reply) {

  /** What it says. The numbers are sent on the wire and never change their meaning. */
  enum Kind {
    /** From the worker: it is there and will be answered. */
    ACCEPTED(1),
    /** From the worker: the intake has no room for it. */
    FULL(2),
    /** From the worker: it will not be answered here; hand it to another. */
    RETURNED(3),
    /** From any worker: its answer. */
    REPLY(4),
    /** From the node that holds the exchange: no client waits any more. */
    FINISHED(5);

    private final int number;

    Kind(int number) {
      this.number = number;
    }

    int number() {
      return number;
    }

    static Kind of(int number) {
      for (Kind kind : values()) {
        if (kind.number == number) {
          return kind;
        }
      }
      throw new IllegalStateException("there is no kind " + number + " of notices");
    }
  }

  static Notice of(Kind kind, long sequence) {
    return new Notice(kind, sequence, null);
  }

  /** How many bytes it may take on its way, but for its head. */
  int bytes() {
    return reply == null ? 0 : reply.body().length;
  }

  static Notice reply(long sequence, ServiceReply reply) {
    int size = reply.body().length;
    return new Notice(
        Kind.REPLY, sequence, size > Protocol.MOST_BODY_BYTES ? tooLarge(size) : reply);
  }

  private static ServiceReply tooLarge(int size) {
    return ServiceFailure.of(
            FailureCode.PIPELINE_FAILED,
            "the pipeline's reply has %d bytes, but nodes of a cluster pass on %d at most"
                .formatted(size, Protocol.MOST_BODY_BYTES))
        .toReply();
  }
}
