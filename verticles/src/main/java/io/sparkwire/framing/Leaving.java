package io.sparkwire.framing;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.ssl.SslHandler;
import java.util.concurrent.TimeUnit;

/**
 * The end of a connection whose client may still be sending: its output is shut down, and what the
 * client sends is thrown away for a second. Closing at once would make the client lose the answer.
 *
 * <p>Runs on: event loop. Not thread-safe.
 */
@SuppressWarnings("FutureReturnValueIgnored") // what fails closes the connection
final class Leaving {

  private static final long LINGER_MILLIS = 1_000;

  private ChannelPromise closed;

  boolean hasBegun() {
    return closed != null;
  }

  /** Sends what is written, and then the end of the stream. */
  void begin(ChannelHandlerContext ctx, ChannelPromise promise) {
    if (hasBegun()) {
      ctx.channel().closeFuture().addListener(done -> promise.trySuccess());
      return;
    }
    closed = promise;
    ctx.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(written -> endOutput(ctx));
    ctx.channel().config().setAutoRead(true);
    ctx.executor().schedule(() -> end(ctx), LINGER_MILLIS, TimeUnit.MILLISECONDS);
  }

  private static void endOutput(ChannelHandlerContext ctx) {
    SslHandler tls = ctx.pipeline().get(SslHandler.class);
    if (tls == null) {
      shutDown(ctx);
    } else {
      tls.closeOutbound().addListener(told -> shutDown(ctx));
    }
  }

  private static void shutDown(ChannelHandlerContext ctx) {
    if (ctx.channel() instanceof SocketChannel socket && socket.isActive()) {
      socket.shutdownOutput();
    }
  }

  /** Closes it in a second, whatever comes until then. */
  void atLast(ChannelHandlerContext ctx) {
    ctx.executor()
        .schedule(() -> ctx.close(ctx.newPromise()), LINGER_MILLIS, TimeUnit.MILLISECONDS);
  }

  void end(ChannelHandlerContext ctx) {
    if (ctx.channel().isOpen()) {
      ctx.close(closed);
    }
  }
}
