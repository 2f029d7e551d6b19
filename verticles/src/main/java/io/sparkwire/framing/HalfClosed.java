package io.sparkwire.framing;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * A connection whose client will send no more, and waits for answers or has disconnected: TCP
 * reports the same for both until something is sent.
 *
 * <p>So if the answer takes longer, the client is sent an interim response, which every client of
 * HTTP/1.1 must skip (RFC 9110, 15.2). The machine of a disconnected one resets the connection,
 * which the second interim response finds. Runs on: event loop. Not thread-safe.
 */
@SuppressWarnings("FutureReturnValueIgnored") // what fails closes the connection
final class HalfClosed {

  private static final long FIRST_MILLIS = 250;

  private boolean begun;
  private boolean probes;

  /** Whether the last request allows interim responses. */
  void mayProbe(boolean allowed) {
    probes = allowed;
  }

  boolean hasBegun() {
    return begun;
  }

  /** Asks now and then, while there is an answer to come. */
  void begin(ChannelHandlerContext ctx, BooleanSupplier waits) {
    if (!begun) {
      begun = true;
      schedule(ctx, waits, FIRST_MILLIS);
    }
  }

  private void schedule(ChannelHandlerContext ctx, BooleanSupplier waits, long millis) {
    ctx.executor().schedule(() -> probe(ctx, waits, millis), millis, TimeUnit.MILLISECONDS);
  }

  private void probe(ChannelHandlerContext ctx, BooleanSupplier waits, long millis) {
    if (probes && waits.getAsBoolean() && ctx.channel().isActive()) {
      ctx.writeAndFlush(
          new DefaultFullHttpResponse(
              HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE, Unpooled.EMPTY_BUFFER));
      schedule(ctx, waits, 2 * millis);
    }
  }
}
