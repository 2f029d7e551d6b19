package io.sparkwire.console;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;

/**
 * The body of a request up to a limit of bytes and of time. Runs on: event loop. Not thread-safe.
 */
final class BoundedBody {

  private static final long LIMIT_MILLIS = 10_000;

  private final int limit;
  private final Buffer bytes = Buffer.buffer();
  private final Promise<Buffer> whole = Promise.promise();

  private BoundedBody(int limit) {
    this.limit = limit;
  }

  /**
   * Reads it.
   *
   * @return fails with an {@link IllegalArgumentException} if it is longer, or takes longer
   */
  static Future<Buffer> of(HttpServerRequest request, int limit) {
    BoundedBody body = new BoundedBody(limit);
    Vertx vertx = Vertx.currentContext().owner();
    long timer = vertx.setTimer(LIMIT_MILLIS, late -> body.fail("must arrive within 10 s"));
    request.handler(body::add);
    request.exceptionHandler(lost -> body.fail("must be complete"));
    request.endHandler(end -> body.whole.tryComplete(body.bytes));
    return body.whole.future().onComplete(done -> vertx.cancelTimer(timer));
  }

  private void add(Buffer more) {
    if (bytes.length() + more.length() > limit) {
      fail("must have at most " + limit + " bytes");
    } else if (!whole.future().isComplete()) {
      bytes.appendBuffer(more);
    }
  }

  private void fail(String duty) {
    whole.tryFail(new IllegalArgumentException("the body " + duty));
  }
}
