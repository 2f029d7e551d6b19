package io.sparkwire.cluster;

import com.hazelcast.cluster.MembershipEvent;
import com.hazelcast.config.Config;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.instance.impl.HazelcastInstanceFactory;
import com.hazelcast.partition.NoDataMemberInClusterException;
import io.sparkwire.message.NodeId;
import io.sparkwire.message.Protocol;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;
import java.util.Optional;

/**
 * This node's membership, and Vert.x's way to it.
 *
 * <p>A lite member needs one that keeps data. If there is none, at the start or because the last
 * has left, it becomes one itself, so that a gateway outlives all workers. Thread-safe; blocks.
 */
final class HazelcastMember extends HazelcastClusterManager {

  private final HazelcastInstance hazelcast;

  private HazelcastMember(HazelcastInstance hazelcast) {
    super(hazelcast);
    this.hazelcast = hazelcast;
  }

  /**
   * Joins the cluster, or begins one if there is none.
   *
   * @param firstPort on which it listens, unless that is taken; then one of those after it
   * @throws IllegalStateException if it cannot; the message says why
   */
  static HazelcastMember join(
      NodeId id, ClusterOptions options, Role role, int firstPort, GuardedMember parts) {
    Config config = HazelcastSettings.of(id, options, role);
    HazelcastSettings.listenFrom(firstPort, config, options);
    HazelcastInstance hazelcast = start(config, options, parts);
    try {
      checkProtocol(hazelcast, options);
      HazelcastMember member = new HazelcastMember(hazelcast);
      member.keepDataIfNoMemberDoes();
      return member;
    } catch (RuntimeException e) {
      hazelcast.shutdown();
      throw e;
    }
  }

  private static HazelcastInstance start(
      Config config, ClusterOptions options, GuardedMember parts) {
    try {
      return HazelcastInstanceFactory.newHazelcastInstance(config, config.getInstanceName(), parts);
    } catch (RuntimeException e) {
      throw new IllegalStateException(
          "cannot join cluster '"
              + options.name()
              + "' from "
              + options.host()
              + ":"
              + options.port()
              + ": "
              + e.getMessage(),
          e);
    }
  }

  private static void checkProtocol(HazelcastInstance hazelcast, ClusterOptions options) {
    String ours = Integer.toString(Protocol.VERSION);
    for (com.hazelcast.cluster.Member member : hazelcast.getCluster().getMembers()) {
      String theirs = member.getAttribute(HazelcastSettings.PROTOCOL);
      if (!ours.equals(theirs)) {
        throw new IllegalStateException(
            "cannot join cluster '"
                + options.name()
                + "': this node speaks version "
                + ours
                + " of Sparkwire's protocol, but "
                + member.getAddress()
                + (theirs == null ? " is no node of Sparkwire" : " speaks version " + theirs)
                + "; start it with the same version, or in a cluster of another --cluster-name");
      }
    }
  }

  /** The port on which it is a member. */
  int port() {
    return hazelcast.getCluster().getLocalMember().getAddress().getPort();
  }

  HazelcastInstance hazelcast() {
    return hazelcast;
  }

  @Override
  public synchronized void memberAdded(MembershipEvent event) {
    if (isNode(event)) {
      super.memberAdded(event);
    }
  }

  @Override
  public synchronized void memberRemoved(MembershipEvent event) {
    keepDataIfNoMemberDoes();
    if (isNode(event)) {
      super.memberRemoved(event);
    }
  }

  private static boolean isNode(MembershipEvent event) {
    return nodeOf(event.getMember()).isPresent();
  }

  private void keepDataIfNoMemberDoes() {
    boolean withoutData =
        hazelcast.getCluster().getMembers().stream()
            .allMatch(com.hazelcast.cluster.Member::isLiteMember);
    if (withoutData) {
      hazelcast.getCluster().promoteLocalLiteMember();
    }
  }

  /** Whether a step failed because only members without data were there at that moment. */
  static boolean isForLackOfData(Throwable failure) {
    return failure != null
        && (failure instanceof NoDataMemberInClusterException
            || isForLackOfData(failure.getCause()));
  }

  /** The node that a member is; empty if it is another program that has the cluster's name. */
  static Optional<NodeId> nodeOf(com.hazelcast.cluster.Member member) {
    return Optional.ofNullable(member.getAttribute(HazelcastSettings.NODE)).map(NodeId::new);
  }
}
