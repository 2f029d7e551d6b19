package io.sparkwire.framing;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameListener;
import io.netty.handler.codec.http2.Http2FrameListenerDecorator;
import io.netty.handler.codec.http2.Http2Headers;
import io.sparkwire.message.FieldRules;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;

/**
 * Resets a stream of HTTP/2 whose method is none: Vert.x would end the whole connection for it.
 *
 * <p>Runs on: event loop. Not thread-safe.
 */
final class MethodCheck extends Http2FrameListenerDecorator {

  private MethodCheck(Http2FrameListener next) {
    super(next);
  }

  /** Has the streams of a connection checked, if it is one of HTTP/2. */
  static void of(HttpConnection connection) {
    Http2ConnectionHandler http2 =
        ((ConnectionBase) connection).channel().pipeline().get(Http2ConnectionHandler.class);
    if (http2 != null) {
      http2.decoder().frameListener(new MethodCheck(http2.decoder().frameListener()));
    }
  }

  @Override
  public void onHeadersRead(
      ChannelHandlerContext ctx, int stream, Http2Headers head, int padding, boolean last)
      throws Http2Exception {
    check(stream, head);
    super.onHeadersRead(ctx, stream, head, padding, last);
  }

  @Override
  public void onHeadersRead(
      ChannelHandlerContext ctx,
      int stream,
      Http2Headers head,
      int dependency,
      short weight,
      boolean exclusive,
      int padding,
      boolean last)
      throws Http2Exception {
    check(stream, head);
    super.onHeadersRead(ctx, stream, head, dependency, weight, exclusive, padding, last);
  }

  private static void check(int stream, Http2Headers head) throws Http2Exception {
    CharSequence method = head.method();
    if (method != null && !FieldRules.isToken(method)) {
      throw Http2Exception.streamError(
          stream, Http2Error.PROTOCOL_ERROR, "the method is not valid");
    }
  }
}
