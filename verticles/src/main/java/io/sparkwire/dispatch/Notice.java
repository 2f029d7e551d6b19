package io.sparkwire.dispatch;

import io.sparkwire.exchange.RemoteTimes;
import io.sparkwire.message.FailureCode;
import io.sparkwire.message.NodeId;
import io.sparkwire.message.Protocol;
import io.sparkwire.message.RequestId;
import io.sparkwire.message.RowId;
import io.sparkwire.message.ServiceFailure;
import io.sparkwire.message.ServiceReply;

/**
 * A message from one node to another about one request that was handed off. Immutable.
 *
 * @param sequence of the exchange
 * @param row of the request; 0 if it is not about one row
 * @param rows how many rows the request has; 0 if it is not about one row
 * @param reply null if the kind has none
 * @param times what the sender needed for the reply; null if the kind has none, or the sender has
 *     not read the request
 */
record Notice(Kind kind, long sequence, int row, int rows, ServiceReply reply, RemoteTimes times) {

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
    FINISHED(5),
    /** From any worker: its answer to one row. */
    ROW(6),
    /** From any worker: the pipeline has left out one row. */
    ROW_LEFT_OUT(7),
    /** From the worker: none of its rows is in the pipeline any more. */
    ROWS_ENDED(8);

    private final int number;

    Kind(int number) {
      this.number = number;
    }

    int number() {
      return number;
    }

    boolean hasReply() {
      return this == REPLY || isOfRow() || this == ROWS_ENDED;
    }

    boolean isOfRow() {
      return this == ROW || this == ROW_LEFT_OUT;
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
    return new Notice(kind, sequence, 0, 0, null, null);
  }

  /** How many bytes it may take on its way, but for its head. */
  int bytes() {
    return reply == null ? 0 : reply.body().length;
  }

  static Notice reply(long sequence, ServiceReply reply, RemoteTimes times) {
    return new Notice(Kind.REPLY, sequence, 0, 0, fitting(reply), times);
  }

  static Notice row(Kind kind, RowId row, ServiceReply reply) {
    return new Notice(kind, row.request().sequence(), row.row(), row.rows(), fitting(reply), null);
  }

  static Notice rowsEnded(long sequence, ServiceReply leftOut) {
    return new Notice(Kind.ROWS_ENDED, sequence, 0, 0, leftOut, null);
  }

  /** The row that it is about, of a request of that node. */
  RowId row(NodeId node) {
    return new RowId(new RequestId(node, sequence), row, rows);
  }

  private static ServiceReply fitting(ServiceReply reply) {
    int size = reply.body().length;
    return size > Protocol.MOST_BODY_BYTES ? tooLarge(size) : reply;
  }

  private static ServiceReply tooLarge(int size) {
    return ServiceFailure.of(
            FailureCode.PIPELINE_FAILED,
            "the pipeline's reply has %d bytes, but nodes of a cluster pass on %d at most"
                .formatted(size, Protocol.MOST_BODY_BYTES))
        .toReply();
  }
}
