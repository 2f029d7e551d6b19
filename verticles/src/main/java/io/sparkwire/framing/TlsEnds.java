package io.sparkwire.framing;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.ssl.SslHandler;

/** The end of what a client sends over TLS. Stateless. */
final class TlsEnds {

  private static final String TLS_1_3 = "TLSv1.3";

  private TlsEnds() {}

  /**
   * Whether a client that has said that it sends no more can still be sent anything: in TLS 1.2 it
   * cannot (RFC 8446, 6.1).
   */
  static boolean canWrite(ChannelHandlerContext ctx) {
    SslHandler tls = ctx.pipeline().get(SslHandler.class);
    return tls == null || tls.engine().getSession().getProtocol().equals(TLS_1_3);
  }
}
