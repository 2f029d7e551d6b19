package io.sparkwire.cluster;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.sparkwire.cluster.tls.RefusedStrangers;
import io.sparkwire.cluster.tls.StrangerReason;
import java.net.InetSocketAddress;

/**
 * The connections to this node's event bus where it speaks TLS: what is inside of it is checked as
 * it would be in clear text, and those that fail to prove that they are nodes get a line in the
 * log. Thread-safe.
 */
record TlsBusConnections(BusConnections connections, RefusedStrangers strangers)
    implements AcceptRule {

  /** The name of Vert.x's handler. */
  private static final String TLS = "ssl";

  @Override
  public boolean accept(Channel connection) {
    boolean accepted = connections.count(connection);
    if (accepted) {
      connection.pipeline().addLast(new Beginning());
    }
    return accepted;
  }

  private static String host(Channel connection) {
    return ((InetSocketAddress) connection.remoteAddress()).getAddress().getHostAddress();
  }

  /** Puts handlers after that of TLS, which is there by the time that the first bytes come. */
  private final class Beginning extends ChannelInboundHandlerAdapter {

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      context
          .pipeline()
          .addAfter(TLS, null, new FrameGuard(connections))
          .addAfter(TLS, null, new Handshake())
          .remove(this);
      context.fireChannelRead(message);
    }
  }

  /** Hears of the end of the handshake. */
  private final class Handshake extends ChannelInboundHandlerAdapter {

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
      if (event instanceof SslHandshakeCompletionEvent end) {
        if (!end.isSuccess()) {
          String reason = StrangerReason.of(end.cause());
          strangers.refused(RefusedStrangers.BUS, host(context.channel()), reason);
        }
        context.pipeline().remove(this);
      }
      context.fireUserEventTriggered(event);
    }
  }
}
