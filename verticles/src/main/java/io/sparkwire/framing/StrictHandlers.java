package io.sparkwire.framing;

import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.vertx.core.http.HttpServerOptions;

/**
 * The handlers that make a connection of HTTP/1 strict, in the place of some of Vert.x's.
 * Stateless.
 */
final class StrictHandlers {

  private static final String DECODER = "httpDecoder";
  private static final String ENCODER = "httpEncoder";

  private StrictHandlers() {}

  /** Puts them in place. Nothing of the connection may have been decoded yet. */
  static void install(ChannelPipeline pipeline, HttpServerOptions options) {
    pipeline.replace(DECODER, DECODER, new StrictRequestDecoder(options));
    pipeline.addAfter(ENCODER, null, new RequestGuard());
    pipeline.channel().config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
  }

  /** Whether Vert.x has set a connection up for HTTP/1. */
  static boolean areNeeded(ChannelPipeline pipeline) {
    return pipeline.get(DECODER) != null;
  }
}
