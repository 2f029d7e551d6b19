package io.sparkwire.cluster.tls;

import com.hazelcast.cluster.Address;
import com.hazelcast.instance.EndpointQualifier;
import com.hazelcast.instance.ProtocolType;
import com.hazelcast.internal.networking.Channel;
import com.hazelcast.internal.networking.ChannelInitializer;
import com.hazelcast.internal.networking.HandlerStatus;
import com.hazelcast.internal.networking.InboundHandler;
import com.hazelcast.internal.networking.OutboundHandler;
import com.hazelcast.internal.server.ServerConnection;
import com.hazelcast.internal.server.ServerContext;
import com.hazelcast.internal.server.tcp.MemberProtocolEncoder;
import com.hazelcast.internal.server.tcp.ProtocolException;
import com.hazelcast.internal.server.tcp.SingleProtocolDecoder;
import com.hazelcast.internal.server.tcp.SingleProtocolEncoder;
import java.nio.charset.StandardCharsets;

/**
 * Sets up connections between members as Hazelcast does, and tells from the first bytes whether the
 * other side has a cluster secret. Thread-safe.
 */
record ClearTextChannels(ServerContext context, RefusedStrangers strangers)
    implements ChannelInitializer {

  @Override
  public void initChannel(Channel channel) {
    ServerConnection connection =
        (ServerConnection) channel.attributeMap().get(ServerConnection.class);
    OutboundHandler<?, ?>[] out =
        context.createOutboundHandlers(EndpointQualifier.MEMBER, connection);
    InboundHandler<?, ?>[] in = context.createInboundHandlers(EndpointQualifier.MEMBER, connection);
    boolean client = channel.isClientMode();
    FirstReply protocol =
        new FirstReply(client ? out : new OutboundHandler<?, ?>[] {new MemberProtocolEncoder(out)});
    channel.outboundPipeline().addLast(client ? new MemberProtocolEncoder(protocol) : protocol);
    channel.inboundPipeline().addLast(new FirstBytes(in, protocol));
  }

  /** Reads the three bytes that say which protocol it is. */
  private final class FirstBytes extends SingleProtocolDecoder {

    private final FirstReply reply;

    FirstBytes(InboundHandler<?, ?>[] next, FirstReply reply) {
      super(ProtocolType.MEMBER, next, reply);
      this.reply = reply;
    }

    @Override
    protected void handleUnexpectedProtocol(String bytes) {
      byte[] first = bytes.getBytes(StandardCharsets.UTF_8);
      if (first.length > 1 && StrangerReason.isTls(first[0], first[1])) {
        String host = channel.socket().getInetAddress().getHostAddress();
        strangers.refused(RefusedStrangers.MEMBERS, host, StrangerReason.NO_SECRET_HERE);
        reply.refuse();
        if (channel.isClientMode()) {
          context.onFailedConnection((Address) channel.attributeMap().get(Address.class));
        }
      }
      super.handleUnexpectedProtocol(bytes);
    }
  }

  /** Says that it is another protocol, and closes the connection. */
  private static final class FirstReply extends SingleProtocolEncoder {

    private volatile boolean refused;

    FirstReply(OutboundHandler<?, ?>[] next) {
      super(next);
    }

    /** Has it close the connection itself: Hazelcast would have a stack trace in the log. */
    void refuse() {
      refused = true;
    }

    @Override
    public HandlerStatus onWrite() throws Exception {
      try {
        return super.onWrite();
      } catch (ProtocolException e) {
        if (!refused) {
          throw e;
        }
        ((ServerConnection) channel.attributeMap().get(ServerConnection.class))
            .close(StrangerReason.NO_SECRET_HERE, null);
        return HandlerStatus.BLOCKED;
      }
    }
  }
}
