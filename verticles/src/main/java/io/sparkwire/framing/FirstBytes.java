package io.sparkwire.framing;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.impl.Http1xOrH2CHandler;

/**
 * The first handler of a connection in clear text, until it is known whether the client speaks
 * HTTP/1 or HTTP/2; for HTTP/1 it puts the strict handlers in place before anything has been
 * decoded.
 *
 * <p>Vert.x decides at the first byte that is not of the preface of HTTP/2, and decodes what it has
 * at once. So it is given a byte that its decoder skips, before any byte of the client. Runs on:
 * event loop. Not thread-safe.
 */
final class FirstBytes extends ChannelInboundHandlerAdapter {

  private static final String PREFACE = Http1xOrH2CHandler.HTTP_2_PREFACE;
  private static final byte[] SKIPPED = {'\r'};

  private final HttpServerOptions options;
  private ByteBuf held = Unpooled.EMPTY_BUFFER;

  FirstBytes(HttpServerOptions options) {
    this.options = options;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    ByteBuf bytes =
        held.isReadable() ? Unpooled.wrappedBuffer(held, (ByteBuf) message) : (ByteBuf) message;
    held = Unpooled.EMPTY_BUFFER;
    int ofPreface = ofPreface(bytes);
    if (ofPreface < PREFACE.length() && ofPreface == bytes.readableBytes()) {
      held = bytes;
      return;
    }
    if (ofPreface < PREFACE.length()) {
      beStrict(ctx);
    }
    ctx.pipeline().remove(this);
    ctx.fireChannelRead(bytes);
  }

  private static int ofPreface(ByteBuf bytes) {
    int most = Math.min(bytes.readableBytes(), PREFACE.length());
    int same = 0;
    while (same < most && bytes.getByte(bytes.readerIndex() + same) == PREFACE.charAt(same)) {
      same++;
    }
    return same;
  }

  private void beStrict(ChannelHandlerContext ctx) {
    ctx.fireChannelRead(Unpooled.copiedBuffer(SKIPPED));
    StrictHandlers.install(ctx.pipeline(), options);
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    held.release();
  }
}
