package io.sparkwire.cluster;

import com.hazelcast.cluster.Address;
import com.hazelcast.cluster.MembershipEvent;
import com.hazelcast.cluster.MembershipListener;
import com.hazelcast.config.ListenerConfig;
import com.hazelcast.instance.EndpointQualifier;
import com.hazelcast.instance.impl.Node;
import com.hazelcast.internal.cluster.impl.TcpIpJoiner;
import com.hazelcast.internal.server.ServerConnection;
import com.hazelcast.internal.server.ServerConnectionManager;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Hazelcast's way to find members by their addresses, but parts of a cluster look for each other
 * only where something listens.
 *
 * <p>Hazelcast's own asks one address after the other and waits five seconds for each that refuses
 * connections: every port at which a member might be, and every member that has left within four
 * hours. If a member joins or leaves meanwhile, it does not merge and begins again, so parts of a
 * cluster that changes might never become one. This one connects to all of them at once.
 *
 * <p>Runs on a thread of Hazelcast's. Thread-safe.
 */
final class ReachableJoiner extends TcpIpJoiner implements MembershipListener {

  /** A connection that takes longer goes on, and is there when it is looked for again. */
  private static final long CONNECT_NANOS = TimeUnit.SECONDS.toNanos(1);

  private static final long POLL_MILLIS = 10;

  /** Follows the members, too, because Hazelcast tells only its own class of them. */
  ReachableJoiner(Node node) {
    super(node);
    node.getConfig().addListenerConfig(new ListenerConfig(this));
  }

  @Override
  public void memberAdded(MembershipEvent event) {
    onMemberAdded(event.getMember());
  }

  @Override
  public void memberRemoved(MembershipEvent event) {
    onMemberRemoved(event.getMember());
  }

  /** Those addresses of other clusters that can be asked now. */
  @Override
  public Collection<Address> getFilteredPossibleAddresses() {
    Collection<Address> possible = super.getFilteredPossibleAddresses();
    Set<Address> reachable = reachable(possible);
    reachable.addAll(connected());
    return reachable;
  }

  private Set<Address> reachable(Collection<Address> addresses) {
    Set<Address> missing = new HashSet<>(addresses);
    Set<Address> reachable = new HashSet<>();
    addresses.forEach(address -> connections().getOrConnect(address, true));
    long began = System.nanoTime();
    while (!missing.isEmpty() && System.nanoTime() - began < CONNECT_NANOS && pause()) {
      missing.stream().filter(this::isConnected).forEach(reachable::add);
      missing.removeAll(reachable);
    }
    return reachable;
  }

  private ServerConnectionManager connections() {
    return node.getServer().getConnectionManager(EndpointQualifier.MEMBER);
  }

  private boolean isConnected(Address address) {
    return connections().get(address) != null;
  }

  private static boolean pause() {
    try {
      Thread.sleep(POLL_MILLIS);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /**
   * Those that have connected to this one and are no members: it need not have been given the
   * address of a part to merge with it. Those of other clusters are on the list of the refused.
   */
  private List<Address> connected() {
    return connections().getConnections().stream()
        .filter(ServerConnection::isAlive)
        .map(ServerConnection::getRemoteAddress)
        .filter(Objects::nonNull)
        .filter(address -> clusterService.getMember(address) == null)
        .filter(address -> !Boolean.TRUE.equals(blacklistedAddresses.get(address)))
        .toList();
  }
}
