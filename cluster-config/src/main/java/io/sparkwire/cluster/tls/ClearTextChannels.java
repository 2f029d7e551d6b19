package io.sparkwire.cluster.tls;

import com.hazelcast.cluster.Address;
import com.hazelcast.instance.EndpointQualifier;
import com.hazelcast.instance.ProtocolType;
import com.hazelcast.internal.networking.Channel;
import com.hazelcast.internal.networking.ChannelInitializer;
import com.hazelcast.internal.networking.InboundHandler;
import com.hazelcast.internal.networking.OutboundHandler;
import com.hazelcast.internal.server.ServerConnection;
import com.hazelcast.internal.server.ServerContext;
import com.hazelcast.internal.server.tcp.MemberProtocolEncoder;
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
    SingleProtocolEncoder protocol =
        new SingleProtocolEncoder(
            client ? out : new OutboundHandler<?, ?>[] {new MemberProtocolEncoder(out)});
    channel.outboundPipeline().addLast(client ? new MemberProtocolEncoder(protocol) : protocol);
    channel.inboundPipeline().addLast(new FirstBytes(in, protocol));
  }

  /** Reads the three bytes that say which protocol it is. */
  private final class FirstBytes extends SingleProtocolDecoder {

    FirstBytes(InboundHandler<?, ?>[] next, SingleProtocolEncoder encoder) {
      super(ProtocolType.MEMBER, next, encoder);
    }

    @Override
    protected void handleUnexpectedProtocol(String bytes) {
      byte[] first = bytes.getBytes(StandardCharsets.UTF_8);
      if (first.length > 1 && StrangerReason.isTls(first[0], first[1])) {
        refuse();
      }
      super.handleUnexpectedProtocol(bytes);
    }

    /** Closes the connection itself, because Hazelcast would have a stack trace in the log. */
    private void refuse() {
      String host = channel.socket().getInetAddress().getHostAddress();
      strangers.refused(RefusedStrangers.MEMBERS, host, StrangerReason.NO_SECRET_HERE);
      ((ServerConnection) channel.attributeMap().get(ServerConnection.class))
          .close(StrangerReason.NO_SECRET_HERE, null);
      if (channel.isClientMode()) {
        context.onFailedConnection((Address) channel.attributeMap().get(Address.class));
      }
    }
  }
}
