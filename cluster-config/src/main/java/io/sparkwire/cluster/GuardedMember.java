package io.sparkwire.cluster;

import com.hazelcast.cluster.Address;
import com.hazelcast.instance.EndpointQualifier;
import com.hazelcast.instance.impl.DefaultNodeContext;
import com.hazelcast.instance.impl.DefaultNodeExtension;
import com.hazelcast.instance.impl.Node;
import com.hazelcast.instance.impl.NodeExtension;
import com.hazelcast.internal.cluster.Joiner;
import com.hazelcast.internal.networking.InboundHandler;
import com.hazelcast.internal.server.ServerConnection;
import com.hazelcast.internal.server.ServerContext;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;

/**
 * The parts of a Hazelcast member, with bounds on what others send: the size of their packets, and
 * the number of connections that have not identified a member; and with a {@link ReachableJoiner}.
 * Thread-safe.
 */
final class GuardedMember extends DefaultNodeContext {

  static final int MOST_STRANGERS = 128;

  private static final long IDENTIFY_TIMEOUT_MILLIS = TimeUnit.SECONDS.toMillis(10);

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

  private static final class Guarded extends DefaultNodeExtension {

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
