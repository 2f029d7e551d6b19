package io.sparkwire.framing;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.impl.Http1xOrH2CHandler;

/**
 * The first handler of a connection, until it is known whether the client speaks HTTP/1 or HTTP/2;
 * for HTTP/1 it puts the strict handlers in place before a whole request has been read.
 *
 * <p>Vert.x decides at the first byte that differs from the preface of HTTP/2, and decodes the rest
 * of what was read at once. So it gets one byte after the other until it has decided. Runs on:
 * event loop. Not thread-safe.
 */
final class FirstBytes extends ChannelInboundHandlerAdapter {

  private static final String DECODER = "httpDecoder";
  private static final String ENCODER = "httpEncoder";

  private final HttpServerOptions options;

  FirstBytes(HttpServerOptions options) {
    this.options = options;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    ByteBuf bytes = (ByteBuf) message;
    ChannelPipeline pipeline = ctx.pipeline();
    while (bytes.isReadable() && isUndecided(pipeline)) {
      ctx.fireChannelRead(bytes.readRetainedSlice(1));
    }
    if (isUndecided(pipeline)) {
      bytes.release();
      return;
    }
    if (pipeline.get(DECODER) != null) {
      pipeline.replace(DECODER, DECODER, new StrictRequestDecoder(options));
      pipeline.addAfter(ENCODER, null, new RequestGuard());
      ctx.channel().config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
    }
    pipeline.remove(this);
    ctx.fireChannelRead(bytes);
  }

  private static boolean isUndecided(ChannelPipeline pipeline) {
    return pipeline.get(Http1xOrH2CHandler.class) != null;
  }
}
