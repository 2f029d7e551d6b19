package io.sparkwire.grpc;

import io.sparkwire.endpoint.BadBodyException;
import io.sparkwire.message.FailureCode;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;

/**
 * A call of which the first bytes are awaited, or all if it is a small one.
 *
 * <p>Runs on: event loop. Not thread-safe.
 */
final class StartingCall implements OpenCalls.Open {

  /** How many bytes are looked at. */
  static final int MOST_BYTES = 4_096;

  private final GrpcClient client;
  private final OpenCalls others;
  private final Start start;
  private final Buffer bytes = Buffer.buffer();
  private boolean over;

  /** Begins a call as soon as it can. */
  @FunctionalInterface
  interface Start {

    /**
     * Looks at what has been sent.
     *
     * @param isAll whether no more will come
     * @return whether that was enough: the call has begun, and its request is handled elsewhere
     */
    boolean begins(Buffer soFar, boolean isAll) throws BadBodyException;
  }

  private StartingCall(GrpcClient client, OpenCalls others, Start start) {
    this.client = client;
    this.others = others;
    this.start = start;
  }

  /** Has a call begun when its first bytes are there. */
  static void await(GrpcClient client, OpenCalls others, Start start) {
    StartingCall call = new StartingCall(client, others, start);
    HttpServerRequest http = client.request();
    others.add(call);
    client.whenGone(call::end);
    http.handler(call::add);
    http.endHandler(v -> call.look(true));
  }

  private void add(Buffer chunk) {
    if (!over) {
      bytes.appendBuffer(chunk);
      look(false);
    }
  }

  private void look(boolean isAll) {
    try {
      if (over) {
        return; // what is left of a message does not matter
      }
      if (start.begins(bytes, isAll)) {
        end();
      } else if (isAll) {
        fail(BadBodyException.malformed("the call has ended before its message"));
      } else if (bytes.length() > MOST_BYTES) {
        fail(GrpcMessages.tooLarge(MOST_BYTES));
      }
    } catch (BadBodyException e) {
      fail(e);
    }
  }

  private void end() {
    over = true;
    others.remove(this);
  }

  private void fail(BadBodyException why) {
    end();
    client.fail(why.failure().toReply(), null);
  }

  @Override
  public void giveUp(String why) {
    fail(new BadBodyException(FailureCode.REQUEST_TIMEOUT, why));
  }
}
