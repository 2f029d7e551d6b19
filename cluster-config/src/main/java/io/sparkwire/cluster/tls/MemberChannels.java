package io.sparkwire.cluster.tls;

import com.hazelcast.internal.networking.ChannelInitializer;
import com.hazelcast.internal.server.ServerContext;
import java.util.Optional;

/** How a member sets up its connections to others. Stateless. */
public final class MemberChannels {

  private MemberChannels() {}

  /**
   * What sets them up.
   *
   * @param tls by which members recognise each other; empty if they speak clear text
   * @param strangers the log of those that are refused
   */
  public static ChannelInitializer of(
      ServerContext context, Optional<MemberTls> tls, RefusedStrangers strangers) {
    ChannelInitializer clearText = new ClearTextChannels(context, strangers);
    return tls.<ChannelInitializer>map(each -> new TlsChannels(clearText, each, context, strangers))
        .orElse(clearText);
  }
}
