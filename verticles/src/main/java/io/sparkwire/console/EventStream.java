package io.sparkwire.console;

import io.sparkwire.connection.Connection;
import io.sparkwire.framing.StrictHttp;
import io.sparkwire.message.FailureCode;
import io.sparkwire.message.ServiceFailure;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

/**
 * The server-sent events of one browser. One that does not read is cut off after a few frames.
 *
 * <p>Runs on: the event loop of its connection, wherever its methods are called. Thread-safe.
 */
final class EventStream {

  /** After which the browser connects again, so that credentials are looked at again. */
  private static final int MOST_FRAMES = 600;

  /** How many frames may wait for a slow browser. */
  private static final int MOST_UNWRITTEN = 3;

  private static final Buffer RETRY = Buffer.buffer("retry: 1000\n\n");

  private final Context context = Vertx.currentContext();
  private final HttpServerRequest request;
  private final HttpServerResponse response;
  private int frames;
  private int unwritten;

  EventStream(HttpServerRequest request) {
    this.request = request;
    this.response = request.response();
  }

  /**
   * Begins the response.
   *
   * @param closed runs when the browser has left
   */
  void begin(Runnable closed) {
    context.runOnContext(
        v -> {
          if (response.closed()) {
            closed.run();
            return;
          }
          response.closeHandler(end -> closed.run());
          response.exceptionHandler(failure -> closed.run());
          response
              .setChunked(request.version().alpnName().equals("http/1.1"))
              .putHeader("Content-Type", "text/event-stream")
              .putHeader("Cache-Control", "no-store")
              .putHeader("X-Accel-Buffering", "no")
              .putHeader("X-Content-Type-Options", "nosniff");
          write(RETRY);
        });
  }

  /** There are too many of them. */
  void refuse() {
    context.runOnContext(
        v ->
            StrictHttp.answer(
                request,
                ServiceFailure.of(
                    FailureCode.OVERLOADED,
                    "as many browsers as may be are connected; close one of them")));
  }

  void send(Buffer event) {
    context.runOnContext(
        v -> {
          frames++;
          if (response.closed() || response.ended()) {
            return;
          }
          if (unwritten > MOST_UNWRITTEN) {
            Connection.of(request).giveUp(request);
          } else {
            write(event);
            endIfOld();
          }
        });
  }

  private void write(Buffer event) {
    unwritten++;
    response.write(event).onComplete(written -> unwritten--);
  }

  @SuppressWarnings("FutureReturnValueIgnored") // the close handler notices a failure
  private void endIfOld() {
    if (frames >= MOST_FRAMES) {
      response.end();
    }
  }
}
