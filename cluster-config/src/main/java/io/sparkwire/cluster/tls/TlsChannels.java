package io.sparkwire.cluster.tls;

import com.hazelcast.internal.networking.Channel;
import com.hazelcast.internal.networking.ChannelInitializer;
import com.hazelcast.internal.server.ServerContext;

/**
 * Makes connections between members speak TLS: all that Hazelcast sends and receives is inside it.
 * Thread-safe.
 *
 * @param inner sets up what is inside
 */
record TlsChannels(
    ChannelInitializer inner, MemberTls tls, ServerContext context, RefusedStrangers strangers)
    implements ChannelInitializer {

  @Override
  public void initChannel(Channel channel) throws Exception {
    TlsLink link =
        new TlsLink(
            tls.engine(channel.isClientMode()), channel, context::onFailedConnection, strangers);
    channel.inboundPipeline().addLast(new TlsDecoder(link));
    inner.initChannel(channel);
    channel.outboundPipeline().addLast(new TlsEncoder(link));
  }
}
