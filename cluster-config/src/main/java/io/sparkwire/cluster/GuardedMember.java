package io.sparkwire.cluster;

import com.hazelcast.cluster.Address;
import com.hazelcast.instance.EndpointQualifier;
import com.hazelcast.instance.impl.DefaultNodeContext;
import com.hazelcast.instance.impl.DefaultNodeExtension;
import com.hazelcast.instance.impl.Node;
import com.hazelcast.instance.impl.NodeExtension;
import com.hazelcast.internal.cluster.Joiner;
import com.hazelcast.internal.networking.ChannelInitializer;
import com.hazelcast.internal.networking.InboundHandler;
import com.hazelcast.internal.server.ServerConnection;
import com.hazelcast.internal.server.ServerContext;
import io.sparkwire.cluster.tls.MemberChannels;
import io.sparkwire.cluster.tls.MemberTls;
import io.sparkwire.cluster.tls.RefusedStrangers;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * The parts of a Hazelcast member, with bounds on what others send: the size of their packets, and
 * the number of connections that have not identified a member; with TLS, where the cluster has a
 * secret; and with a {@link ReachableJoiner}. Thread-safe.
 */
final class GuardedMember extends DefaultNodeContext {

  static final int MOST_STRANGERS = 128;

  private static final long IDENTIFY_TIMEOUT_MILLIS = TimeUnit.SECONDS.toMillis(10);

  private final Optional<MemberTls> tls;
  private final RefusedStrangers refused;

  /**
   * @param tls by which members recognise each other; empty if they speak clear text
   */
  GuardedMember(Optional<MemberTls> tls, RefusedStrangers refused) {
    this.tls = tls;
    this.refused = refused;
  }

  @Override
  public NodeExtension createNodeExtension(Node node) {
    return new Guarded(node);
  }

  @Override
  public Joiner createJoiner(Node node) {
    boolean byAddresses =
        node.getConfig().getAdvancedNetworkConfig().getJoin().getTcpIpConfig().isEnabled();
    return byAddresses ? new ReachableJoiner(node) : super.createJoiner(node);
  }

  private final class Guarded extends DefaultNodeExtension {

    private final Deque<ServerConnection> strangers = new ArrayDeque<>();

    Guarded(Node node) {
      super(node);
    }

    @Override
    @SuppressWarnings("rawtypes") // as Hazelcast has it
    public InboundHandler[] createInboundHandlers(
        EndpointQualifier qualifier, ServerConnection connection, ServerContext context) {
      opened(connection);
      return new InboundHandler[] {
        new PacketGuard(connection, node.getNodeEngine().getPacketDispatcher(), this::isOfMember)
      };
    }

    @Override
    public Function<EndpointQualifier, ChannelInitializer> createChannelInitializerFn(
        ServerContext context) {
      ChannelInitializer channels = MemberChannels.of(context, tls, refused);
      return qualifier -> channels; // members have the only endpoint
    }

    private boolean isOfMember(ServerConnection connection) {
      Address other = connection.getRemoteAddress();
      return other != null && node.getClusterService().getMember(other) != null;
    }

    private synchronized void opened(ServerConnection connection) {
      long now = System.currentTimeMillis();
      strangers.removeIf(each -> !each.isAlive() || each.getRemoteAddress() != null);
      strangers.add(connection);
      while (strangers.size() > MOST_STRANGERS
          || now - strangers.getFirst().getStartTime() > IDENTIFY_TIMEOUT_MILLIS) {
        strangers.removeFirst().close("it has not identified itself", null);
      }
    }
  }
}
